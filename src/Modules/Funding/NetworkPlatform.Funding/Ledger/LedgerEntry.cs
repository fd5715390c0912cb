namespace NetworkPlatform.Funding.Ledger;

/// <summary>What an entry counts. A fund's balance is what is available of it and what is allocated of it, together.</summary>
internal enum AccountKind
{
    /// <summary>A fund's money that is set aside for nobody.</summary>
    Available,

    /// <summary>A fund's money that is set aside for a group.</summary>
    Allocated,

    /// <summary>Where a fund's money came from; a credit, hence negative.</summary>
    Income,

    /// <summary>Where a fund's money went.</summary>
    Expense,

    /// <summary>Given work, as what it came from; in no fund.</summary>
    InKindIncome,

    /// <summary>Given work, as what it was used for; in no fund.</summary>
    InKindExpense,
}

internal sealed record Account(AccountKind Kind, Guid? FundId, Guid? GroupId = null);

/// <summary>One side of a transaction: debits are positive, credits negative. Only a <see cref="LedgerTransaction"/> makes one.</summary>
[AppendOnly]
internal sealed class LedgerEntry : Entity
{
    private LedgerEntry()
    {
    }

    internal LedgerEntry(Guid transactionId, Account account, Money money)
    {
        TransactionId = transactionId;
        Account = account.Kind;
        FundId = account.FundId;
        GroupId = account.GroupId;
        Amount = money.Amount;
        Currency = money.Currency;
    }

    public Guid TransactionId { get; private init; }

    public AccountKind Account { get; private init; }

    public Guid? FundId { get; private init; }

    public Guid? GroupId { get; private init; }

    public decimal Amount { get; private init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; private init; } = "";
}
