namespace NetworkPlatform.Insights.Costs;

/// <summary>Records an expense. Only consumers send it.</summary>
internal static class RecordExpense
{
    public sealed record Command(Guid ExpenseId, Guid? GroupId, decimal Amount, string Currency, DateOnly IncurredOn) : ITogether;

    internal sealed class Handler(InsightsDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var expense = await db.Expenses.SingleOrDefaultAsync(e => e.Id == request.ExpenseId, cancellationToken);
            if (expense is null)
            {
                expense = ExpenseFact.About(request.ExpenseId);
                db.Add(expense);
            }

            expense.Apply(request);
            return Done.Instance;
        }
    }
}
