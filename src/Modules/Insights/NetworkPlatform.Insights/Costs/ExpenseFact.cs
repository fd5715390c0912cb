namespace NetworkPlatform.Insights.Costs;

/// <summary>Money that was spent.</summary>
internal sealed class ExpenseFact : Entity
{
    private ExpenseFact()
    {
    }

    /// <summary>Null where it was spent for the tenant as a whole.</summary>
    public Guid? GroupId { get; private set; }

    public decimal Amount { get; private set; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Local date.</summary>
    public DateOnly IncurredOn { get; private set; }

    internal static ExpenseFact About(Guid expenseId) => new() { Id = expenseId };

    internal void Apply(RecordExpense.Command recorded)
    {
        GroupId = recorded.GroupId;
        Amount = recorded.Amount;
        Currency = recorded.Currency;
        IncurredOn = recorded.IncurredOn;
    }
}
