using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>The tenant's funds, oldest first.</summary>
internal static class ListFunds
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, string Name, string Currency, Restriction Restriction, string Balance, string Allocated, string Available, string Spent);

    internal sealed class Handler(FundingDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.Funds.ToPageById(
                request.Paging,
                f => new Item(
                    f.Id, f.Name, f.Currency, new Restriction(f.RestrictionKind, f.Purpose, f.ChapterId, f.ValidFrom, f.ValidTo),
                    Amounts.Format(f.Balance), Amounts.Format(f.Allocated), Amounts.Format(f.Balance - f.Allocated), Amounts.Format(f.Spent)),
                i => i.Id,
                cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/funds", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(FundingPermissions.ReadFunds);
}
