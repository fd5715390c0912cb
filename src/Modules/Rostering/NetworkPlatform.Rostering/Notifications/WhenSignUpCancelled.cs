using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenSignUpCancelled(IMediator mediator, Mailer mailer) : IConsumer<SignUpCancelled>
{
    public Task Consume(ConsumeContext<SignUpCancelled> context) => mailer.IsConfigured && context.Message.WithShift
        ? mediator.SendOrThrow(new QueueNotifications.Command(NotificationKind.ShiftCancelled, context.Message.ShiftId, context.Message.SignUpId, $"{context.Message.SignUpId}"), context.CancellationToken)
        : Task.CompletedTask;
}
