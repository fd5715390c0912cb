using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Funding.InKind;

internal sealed class WhenShiftCompleted(IMediator mediator) : IConsumer<ShiftCompleted>
{
    public Task Consume(ConsumeContext<ShiftCompleted> context)
    {
        var shift = context.Message;
        return mediator.SendOrThrow(
            new BookVolunteerTime.Command(shift.SignUpId, shift.GroupId, shift.StartedAt, shift.Minutes, shift.Attended), context.CancellationToken);
    }
}
