using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenSignUpCancelledLate(IMediator mediator, Mailer mailer) : IConsumer<SignUpCancelledLate>
{
    public Task Consume(ConsumeContext<SignUpCancelledLate> context) => !mailer.IsConfigured ? Task.CompletedTask : mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.LateCancellation, context.Message.ShiftId, context.Message.SignUpId, $"{context.Message.SignUpId}"), context.CancellationToken);
}
