using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenShiftMoved(IMediator mediator, Mailer mailer) : IConsumer<ShiftMoved>
{
    public Task Consume(ConsumeContext<ShiftMoved> context) => !mailer.IsConfigured ? Task.CompletedTask : mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.ShiftMoved, context.Message.ShiftId, SignUpId: null, News.CauseOfMove(context.Message.ShiftId, context.Message.Revision)), context.CancellationToken);
}
