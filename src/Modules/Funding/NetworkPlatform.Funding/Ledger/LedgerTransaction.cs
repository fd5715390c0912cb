namespace NetworkPlatform.Funding.Ledger;

internal enum TransactionKind
{
    Income,
    Allocation,
    Expense,
    VolunteerTime,
}

/// <summary>
/// What happened to money, in entries that sum to zero in each currency: nothing comes from nowhere. Never changed; a mistake is corrected by
/// another transaction with the opposite entries.
/// </summary>
[AppendOnly]
internal sealed class LedgerTransaction : Entity
{
    internal const int ReferenceLength = 500;

    private readonly List<LedgerEntry> entries = [];

    private LedgerTransaction()
    {
    }

    public TransactionKind Kind { get; private init; }

    /// <summary>When it was written down.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Local date of what it is about: received, incurred, worked.</summary>
    public DateOnly OccurredOn { get; private init; }

    /// <summary>What it is about: an income's source, an expense's description, the id of the sign-up by which time was given.</summary>
    public string? Reference { get; private init; }

    /// <summary>What an expense was for, in the words of the fund's restriction.</summary>
    public string? Purpose { get; private init; }

    public IReadOnlyList<LedgerEntry> Entries => entries;

    internal static LedgerTransaction Income(Guid fundId, Money amount, DateTimeOffset at, DateOnly receivedOn, string? source) => Of(
        TransactionKind.Income, at, receivedOn, source, purpose: null,
        (new Account(AccountKind.Available, fundId), amount),
        (new Account(AccountKind.Income, fundId), -amount));

    internal static LedgerTransaction Allocation(Guid fundId, Guid groupId, Money amount, DateTimeOffset at, DateOnly allocatedOn) => Of(
        TransactionKind.Allocation, at, allocatedOn, reference: null, purpose: null,
        (new Account(AccountKind.Allocated, fundId, groupId), amount),
        (new Account(AccountKind.Available, fundId), -amount));

    /// <summary>Draws on what is still set aside for the group, and only beyond that on what is available.</summary>
    /// <param name="setAside">What remains of the group's allocation; 0 where it has none or the expense is for no group.</param>
    internal static LedgerTransaction Expense(
        Guid fundId, Guid? groupId, Money amount, decimal setAside, DateTimeOffset at, DateOnly incurredOn, string description, string? purpose)
    {
        var drawn = amount with { Amount = Math.Min(amount.Amount, setAside) };
        return Of(
            TransactionKind.Expense, at, incurredOn, description, purpose,
            (new Account(AccountKind.Expense, fundId, groupId), amount),
            (new Account(AccountKind.Allocated, fundId, groupId), -drawn),
            (new Account(AccountKind.Available, fundId), -(amount - drawn)));
    }

    internal static LedgerTransaction VolunteerTime(Guid signUpId, Guid? groupId, Money value, DateTimeOffset at, DateOnly workedOn) => Of(
        TransactionKind.VolunteerTime, at, workedOn, signUpId.ToString(), purpose: null,
        (new Account(AccountKind.InKindExpense, FundId: null, groupId), value),
        (new Account(AccountKind.InKindIncome, FundId: null, groupId), -value));

    /// <exception cref="InvalidOperationException">The lines do not sum to zero in each currency: a bug of the caller.</exception>
    internal static LedgerTransaction Of(
        TransactionKind kind, DateTimeOffset at, DateOnly occurredOn, string? reference, string? purpose, params IEnumerable<(Account Account, Money Money)> lines)
    {
        var transaction = new LedgerTransaction { Kind = kind, At = at, OccurredOn = occurredOn, Reference = reference, Purpose = purpose };
        transaction.entries.AddRange(lines.Where(l => l.Money.Amount != 0).Select(l => new LedgerEntry(transaction.Id, l.Account, l.Money)));
        return transaction.entries.GroupBy(e => e.Currency, StringComparer.Ordinal).All(currency => currency.Sum(e => e.Amount) == 0)
            ? transaction
            : throw new InvalidOperationException($"The entries of a transaction of kind {kind} do not sum to zero.");
    }
}
