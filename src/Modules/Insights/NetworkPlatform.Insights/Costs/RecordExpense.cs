namespace NetworkPlatform.Insights.Costs;

/// <summary>Records an expense. Only consumers send it.</summary>
internal static class RecordExpense
{
    public sealed record Command(Guid ExpenseId, Guid? GroupId, decimal Amount, string Currency, DateOnly IncurredOn) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TimeProvider clock) : ProjectionHandler<Command, ExpenseFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.ExpenseId;

        protected override ExpenseFact Begin(Command command) => ExpenseFact.About(command.ExpenseId);

        protected override void Apply(Command command, ExpenseFact row) => row.Apply(command);
    }
}
