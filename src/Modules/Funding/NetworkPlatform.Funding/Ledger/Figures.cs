namespace NetworkPlatform.Funding.Ledger;

/// <summary>What ledger entries of one fund come to. Of all of them: how the fund stands. Of one transaction's: how it changes the fund.</summary>
/// <param name="Balance">All money in the fund.</param>
/// <param name="Allocated">The part of it that is set aside for groups.</param>
/// <param name="Spent">All that was ever spent of it.</param>
internal readonly record struct Figures(decimal Balance, decimal Allocated, decimal Spent)
{
    /// <summary>The part of the balance that is set aside for nobody.</summary>
    public decimal Available => Balance - Allocated;

    public static Figures operator +(Figures a, Figures b) => new(a.Balance + b.Balance, a.Allocated + b.Allocated, a.Spent + b.Spent);

    internal static Figures Of(IEnumerable<LedgerEntry> entries) => entries.Aggregate(default(Figures), (figures, entry) => figures + (entry.Account switch
    {
        AccountKind.Available => new Figures(entry.Amount, 0, 0),
        AccountKind.Allocated => new Figures(entry.Amount, entry.Amount, 0),
        AccountKind.Expense => new Figures(0, 0, entry.Amount),
        _ => default,
    }));
}
