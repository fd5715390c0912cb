using System.Text.Json.Serialization;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>One fund: what is in it, set aside, still available, and was spent.</summary>
internal static class GetFund
{
    public sealed record Query(Guid FundId) : IQuery<Response>;

    /// <param name="Balance">What is in the fund, set aside or not; a decimal string, as the others.</param>
    /// <param name="Allocated">The part of the balance that is set aside for groups.</param>
    /// <param name="Available">The rest of the balance.</param>
    /// <param name="Spent">All that was ever spent of it.</param>
    public sealed record Response(
        Guid Id, string Name, string Currency, Restriction Restriction, string Balance, string Allocated, string Available, string Spent,
        [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(FundingDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var fund = await db.Funds
                .Where(f => f.Id == request.FundId)
                .Select(f => new Response(
                    f.Id, f.Name, f.Currency, new Restriction(f.RestrictionKind, f.Purpose, f.ChapterId, f.ValidFrom, f.ValidTo),
                    Amounts.Format(f.Balance), Amounts.Format(f.Allocated), Amounts.Format(f.Balance - f.Allocated), Amounts.Format(f.Spent), f.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return fund is null ? new FundNotFound() : fund;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/funds/{fundId:guid}", (Guid fundId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(fundId), cancellationToken).ToTagged())
        .RequirePermission(FundingPermissions.ReadFunds);
}
