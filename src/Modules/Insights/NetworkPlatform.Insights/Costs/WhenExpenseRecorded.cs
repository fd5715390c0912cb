using MassTransit;
using NetworkPlatform.Funding.Contracts;

namespace NetworkPlatform.Insights.Costs;

internal sealed class WhenExpenseRecorded(IMediator mediator) : IConsumer<ExpenseRecorded>
{
    public Task Consume(ConsumeContext<ExpenseRecorded> context) => mediator.SendOrThrow(
        new RecordExpense.Command(
            context.Message.ExpenseId, context.Message.GroupId, context.Message.Amount, context.Message.Currency, context.Message.IncurredOn),
        context.CancellationToken);
}
