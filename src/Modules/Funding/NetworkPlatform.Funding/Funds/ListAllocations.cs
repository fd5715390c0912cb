using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>What remains set aside of a fund for each group, in the order of their first allocations.</summary>
internal static class ListAllocations
{
    public sealed record Query(Guid FundId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid GroupId, string Remaining);

    internal sealed class Handler(FundingDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.Funds.AnyAsync(f => f.Id == request.FundId, cancellationToken))
            {
                return new FundNotFound();
            }

            return await db.Allocations
                .Where(a => a.FundId == request.FundId)
                .ToPageById(request.Paging, a => new Item(a.Id, a.GroupId, Amounts.Format(a.Remaining)), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/funds/{fundId:guid}/allocations", (Guid fundId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(fundId, paging), cancellationToken).ToOk())
        .RequirePermission(FundingPermissions.ReadFunds);
}
