using NetworkPlatform.Funding.Funds;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

/// <summary>Something done with a fund: income (no group), an allocation to a group, an expense for a group or for none.</summary>
internal sealed record Operation(TransactionKind Kind, int? Group, decimal Amount)
{
    public override string ToString() => $"{Kind} {Amount}{(Group is null ? "" : $" for group {Group}")}";
}

/// <summary>A fund as the module keeps it, with a list in place of the database: the same transactions, refused for the same reasons.</summary>
internal sealed class Book
{
    internal static readonly Guid FundId = Guid.CreateVersion7();

    private static readonly Guid[] Groups = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly On = new(2026, 3, 1);

    internal List<LedgerTransaction> Ledger { get; } = [];

    /// <summary>The figures on the fund's row.</summary>
    internal Figures Standing { get; private set; }

    internal Figures Fold => Figures.Of(Ledger.SelectMany(t => t.Entries));

    internal decimal SetAside(int group) => Ledger
        .SelectMany(t => t.Entries)
        .Where(e => e.Account == AccountKind.Allocated && e.GroupId == Groups[group])
        .Sum(e => e.Amount);

    /// <summary>Posts it unless the guard refuses.</summary>
    internal bool Try(Operation operation)
    {
        var money = new Money(operation.Amount, "EUR");
        Guid? group = operation.Group is { } index ? Groups[index] : null;
        var transaction = operation.Kind switch
        {
            TransactionKind.Income => LedgerTransaction.Income(FundId, money, At, On, source: null),
            TransactionKind.Allocation => LedgerTransaction.Allocation(FundId, group!.Value, money, At, On),
            _ => LedgerTransaction.Expense(
                FundId, group, money, operation.Group is { } g ? SetAside(g) : 0, At, On, "Room", purpose: null),
        };
        var change = Figures.Of(transaction.Entries);
        if (Posting.Refusal(Standing, change, "EUR") is not null)
        {
            return false;
        }

        Ledger.Add(transaction);
        Standing += change;
        return true;
    }
}
