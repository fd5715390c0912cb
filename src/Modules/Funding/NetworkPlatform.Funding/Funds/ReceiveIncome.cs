using System.Text.Json.Serialization;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>Money comes into a fund.</summary>
internal static class ReceiveIncome
{
    /// <param name="Amount">In the fund's currency, as a decimal string such as "120.50".</param>
    /// <param name="ReceivedOn">Local date; today where left out.</param>
    /// <param name="Source">Who gave it.</param>
    public sealed record Command(string Amount, DateOnly? ReceivedOn, string? Source) : ICommand<Posted>
    {
        [JsonIgnore]
        public Guid FundId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Amount();
            RuleFor(c => c.Source).OptionalText(LedgerTransaction.ReferenceLength);
        }
    }

    internal sealed class Handler(FundingDbContext db, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Posted>
    {
        public async Task<Result<Posted>> Handle(Command request, CancellationToken cancellationToken)
        {
            var fund = await db.Funds.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.FundId, cancellationToken);
            if (fund is null)
            {
                return new FundNotFound();
            }

            var now = clock.GetUtcNow();
            var amount = new Money(Amounts.Parse(request.Amount), fund.Currency);
            var income = LedgerTransaction.Income(fund.Id, amount, now, request.ReceivedOn ?? now.DateIn(current.Tenant.TimeZone), request.Source);
            return await db.Post(fund, income, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/funds/{fundId:guid}/income", (Guid fundId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { FundId = fundId }, cancellationToken).ToCreated(r => $"/funds/{r.FundId}/ledger"))
        .RequirePermission(FundingPermissions.ReceiveIncome);
}
