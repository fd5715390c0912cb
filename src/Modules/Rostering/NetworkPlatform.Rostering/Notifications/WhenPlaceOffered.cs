using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenPlaceOffered(IMediator mediator, Mailer mailer) : IConsumer<PlaceOffered>
{
    public Task Consume(ConsumeContext<PlaceOffered> context) => !mailer.IsConfigured ? Task.CompletedTask : mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.PlaceOffered, context.Message.ShiftId, context.Message.SignUpId, News.CauseOfOffer(context.Message.SignUpId, context.Message.ConfirmBy)), context.CancellationToken);
}
