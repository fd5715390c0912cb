using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenShiftMoved(IMediator mediator) : IConsumer<ShiftMoved>
{
    public Task Consume(ConsumeContext<ShiftMoved> context) => mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.ShiftMoved, context.Message.ShiftId, SignUpId: null, News.CauseOfMove(context.Message.Revision)), context.CancellationToken);
}
