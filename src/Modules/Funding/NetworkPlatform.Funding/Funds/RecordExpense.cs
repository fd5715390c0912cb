using System.Text.Json.Serialization;
using NetworkPlatform.Funding.Contracts;
using NetworkPlatform.Funding.Ledger;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Funding.Funds;

/// <summary>
/// Money of a fund is spent. For a group, first what is still set aside for it is used, and beyond that money that is set aside for nobody;
/// for no group, only the latter.
/// </summary>
internal static class RecordExpense
{
    /// <param name="Amount">In the fund's currency, as a decimal string such as "120.50".</param>
    /// <param name="Purpose">Must be the fund's, where the fund has one.</param>
    /// <param name="IncurredOn">Local date; today where left out.</param>
    public sealed record Command(string Amount, string Description, Guid? GroupId, string? Purpose, DateOnly? IncurredOn) : ICommand<Posted>
    {
        [JsonIgnore]
        public Guid FundId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Amount();
            RuleFor(c => c.Description).Text(LedgerTransaction.ReferenceLength);
            RuleFor(c => c.GroupId).NotEqual(Guid.Empty).WithMessage("Must be the id of a group, or left out.");
            RuleFor(c => c.Purpose).OptionalText(Restriction.PurposeLength);
        }
    }

    internal sealed class Handler(FundingDbContext db, IRegistryQueries registry, Outbox outbox, TenantContext current, TimeProvider clock)
        : ICommandHandler<Command, Posted>
    {
        public async Task<Result<Posted>> Handle(Command request, CancellationToken cancellationToken)
        {
            var fund = await db.Funds.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.FundId, cancellationToken);
            if (fund is null)
            {
                return new FundNotFound();
            }

            GroupInfo? group = null;
            if (request.GroupId is { } groupId)
            {
                group = (await registry.GetGroups([groupId], cancellationToken)).SingleOrDefault();
                if (group is null)
                {
                    return new GroupNotFound("groupId");
                }
            }

            var now = clock.GetUtcNow();
            var incurredOn = request.IncurredOn ?? now.DateIn(current.Tenant.TimeZone);
            if (fund.ToRestriction().ViolatedByExpense(request.Purpose, group?.ChapterId, incurredOn) is { } violated)
            {
                return violated;
            }

            // How the expense is split must still be true when it is posted, so the fund is held from here on.
            var setAside = group is null ? 0 : await db.HoldForGroup(fund, group.Id, cancellationToken);
            var amount = new Money(Amounts.Parse(request.Amount), fund.Currency);
            var expense = LedgerTransaction.Expense(fund.Id, group?.Id, amount, setAside, now, incurredOn, request.Description.Trim(), request.Purpose?.Trim());
            var posted = await db.Post(fund, expense, cancellationToken);
            if (posted.IsSuccess)
            {
                outbox.Publish(new ExpenseRecorded(expense.Id, fund.Id, group?.Id, amount.Amount, amount.Currency, incurredOn));
            }

            return posted;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/funds/{fundId:guid}/expenses", (Guid fundId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { FundId = fundId }, cancellationToken).ToCreated(r => $"/funds/{r.FundId}/ledger"))
        .RequirePermission(FundingPermissions.Spend);
}
