using System.Text.Json.Serialization;
using NetworkPlatform.Funding.Contracts;
using NetworkPlatform.Funding.Ledger;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Funding.Funds;

/// <summary>Sets money of a fund aside for a group, on top of what is set aside for it already.</summary>
internal static class AllocateFunds
{
    /// <param name="Amount">In the fund's currency, as a decimal string such as "120.50".</param>
    public sealed record Command(Guid GroupId, string Amount) : ICommand<Posted>
    {
        [JsonIgnore]
        public Guid FundId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.GroupId).NotEmpty().WithMessage("Must be the id of a group.");
            RuleFor(c => c.Amount).Amount();
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

            if (await registry.GetGroups([request.GroupId], cancellationToken) is not [var group])
            {
                return new GroupNotFound("groupId");
            }

            if (group.IsClosed)
            {
                return new GroupIsClosed("groupId");
            }

            var now = clock.GetUtcNow();
            var today = now.DateIn(current.Tenant.TimeZone);
            if (fund.ToRestriction().ViolatedByAllocation(group.ChapterId, today) is { } violated)
            {
                return violated;
            }

            var amount = new Money(Amounts.Parse(request.Amount), fund.Currency);
            var posted = await db.Post(fund, LedgerTransaction.Allocation(fund.Id, group.Id, amount, now, today), cancellationToken);
            if (posted.IsSuccess)
            {
                outbox.Publish(new FundsAllocated(fund.Id, group.Id, amount.Amount, amount.Currency));
            }

            return posted;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/funds/{fundId:guid}/allocations", (Guid fundId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { FundId = fundId }, cancellationToken).ToCreated(r => $"/funds/{r.FundId}/allocations"))
        .RequirePermission(FundingPermissions.Allocate);
}
