using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>A transaction that was posted to a fund, and how the fund stands after it.</summary>
/// <param name="Id">The ledger transaction's.</param>
internal sealed record Posted(Guid Id, Guid FundId, string Currency, string Balance, string Allocated, string Available, string Spent);

/// <summary>
/// The one way by which a fund's figures move: with the transaction that explains it, by a conditional update that also decides between competitors.
/// Rows are always taken in the same order, the fund's and then the allocation's, so that competitors wait and never deadlock.
/// </summary>
internal static class Posting
{
    /// <summary>Waits for others who are changing the fund and keeps them out until the commit; returns what is still set aside for the group.</summary>
    internal static async Task<decimal> HoldForGroup(this FundingDbContext db, Fund fund, Guid groupId, CancellationToken cancellationToken)
    {
        // An update that changes nothing takes the row's lock on every database engine.
        await db.Funds.Where(f => f.Id == fund.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.Version, f => f.Version), cancellationToken);
        return await db.Allocations.Where(a => a.FundId == fund.Id && a.GroupId == groupId).Select(a => a.Remaining).SingleOrDefaultAsync(cancellationToken);
    }

    internal static async Task<Result<Posted>> Post(this FundingDbContext db, Fund fund, LedgerTransaction transaction, CancellationToken cancellationToken)
    {
        var change = Figures.Of(transaction.Entries);
        Figures figures;
        while (true)
        {
            var moved = await db.Funds.Where(f => f.Id == fund.Id).Where(Fund.Bears(change)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(f => f.Balance, f => f.Balance + change.Balance)
                    .SetProperty(f => f.Allocated, f => f.Allocated + change.Allocated)
                    .SetProperty(f => f.Spent, f => f.Spent + change.Spent)
                    .SetProperty(f => f.Version, f => f.Version + 1),
                cancellationToken);
            figures = await db.Funds.Where(f => f.Id == fund.Id).Select(f => new Figures(f.Balance, f.Allocated, f.Spent)).SingleAsync(cancellationToken);
            if (moved > 0)
            {
                break;
            }

            // Null where income has arrived since the update looked: then it is worth another look.
            if (Refusal(figures, change, fund.Currency) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var entry in transaction.Entries.Where(e => e.Account == AccountKind.Allocated))
        {
            await db.MoveAllocation(fund.Id, entry.GroupId!.Value, entry.Amount, cancellationToken);
        }

        db.Add(transaction);
        return new Posted(
            transaction.Id, fund.Id, fund.Currency,
            Amounts.Format(figures.Balance), Amounts.Format(figures.Allocated), Amounts.Format(figures.Available), Amounts.Format(figures.Spent));
    }

    /// <summary>Why a fund that stands so cannot bear the change; null where it can.</summary>
    internal static Error? Refusal(Figures figures, Figures change, string currency)
    {
        var after = figures + change;
        if (after.Available < 0)
        {
            // Whatever an expense takes out of an allocation is there for it beside the unallocated money.
            var drawn = Math.Max(0, -change.Allocated);
            return new FundWouldBeOverspent(Amounts.Format(figures.Available + drawn), Amounts.Format(drawn - change.Available), currency);
        }

        if (after.Allocated < 0)
        {
            throw new InvalidOperationException("A transaction draws more on allocations than is allocated.");
        }

        return after.Balance > Fund.Largest || after.Spent > Fund.Largest ? new FundWouldOutgrowLedger() : null;
    }

    private static async Task MoveAllocation(this FundingDbContext db, Guid fundId, Guid groupId, decimal change, CancellationToken cancellationToken)
    {
        var moved = await db.Allocations.Where(a => a.FundId == fundId && a.GroupId == groupId && a.Remaining + change >= 0).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Remaining, a => a.Remaining + change).SetProperty(a => a.Version, a => a.Version + 1), cancellationToken);
        if (moved > 0)
        {
            return;
        }

        // Nobody else can add it meanwhile: the fund's row is ours until the commit.
        db.Add(change > 0
            ? new Allocation { FundId = fundId, GroupId = groupId, Remaining = change }
            : throw new InvalidOperationException("An expense draws more on an allocation than remains of it."));
    }
}
