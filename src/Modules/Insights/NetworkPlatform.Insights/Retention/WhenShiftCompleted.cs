using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Retention;

internal sealed class WhenShiftCompleted(IMediator mediator) : IConsumer<ShiftCompleted>
{
    public Task Consume(ConsumeContext<ShiftCompleted> context) => mediator.SendOrThrow(
        new RecordAttendance.Command(
            context.Message.SignUpId, context.Message.VolunteerId, context.Message.StartedAt, context.Message.Minutes, context.Message.Attended),
        context.CancellationToken);
}
