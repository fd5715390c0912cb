using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>A fund's ledger entries, newest first. Those of one transaction sum to zero.</summary>
internal static class ListLedger
{
    public sealed record Query(Guid FundId, Paging Paging) : IQuery<Page<Item>>;

    /// <param name="Amount">A decimal string; debits are positive, credits negative.</param>
    /// <param name="At">When it was written down.</param>
    /// <param name="OccurredOn">Local date of what it is about.</param>
    /// <param name="Reference">An income's source, an expense's description.</param>
    public sealed record Item(
        Guid Id, Guid TransactionId, TransactionKind Kind, AccountKind Account, Guid? GroupId, string Amount, string Currency,
        DateTimeOffset At, DateOnly OccurredOn, string? Reference, string? Purpose);

    internal sealed class Handler(FundingDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.Funds.AnyAsync(f => f.Id == request.FundId, cancellationToken))
            {
                return new FundNotFound();
            }

            var entries = db.Entries.Where(e => e.FundId == request.FundId);
            if (request.Paging.After<Guid?>() is { } before)
            {
                entries = entries.Where(e => e.Id < before);
            }

            var items = await entries
                .OrderByDescending(e => e.Id)
                .Take(request.Paging.Limit + 1)
                .Join(db.Transactions, e => e.TransactionId, t => t.Id, (e, t) => new { Entry = e, Transaction = t })
                .OrderByDescending(x => x.Entry.Id)
                .Select(x => new Item(
                    x.Entry.Id, x.Transaction.Id, x.Transaction.Kind, x.Entry.Account, x.Entry.GroupId, Amounts.Format(x.Entry.Amount), x.Entry.Currency,
                    x.Transaction.At, x.Transaction.OccurredOn, x.Transaction.Reference, x.Transaction.Purpose))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(items, e => e.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/funds/{fundId:guid}/ledger", (Guid fundId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(fundId, paging), cancellationToken).ToOk())
        .RequirePermission(FundingPermissions.ReadFunds);
}
