using MassTransit;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenNotificationDue(IMediator mediator) : IConsumer<NotificationDue>
{
    public Task Consume(ConsumeContext<NotificationDue> context) =>
        mediator.SendOrThrow(new SendNotification.Command(context.Message.NotificationId, context.Message.RecipientId), context.CancellationToken);
}
