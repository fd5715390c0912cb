using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>As for all that is told by mail: where none can be sent, no transaction is spent on it.</summary>
internal sealed class WhenVolunteerSignedUp(IMediator mediator, Mailer mailer) : IConsumer<VolunteerSignedUp>
{
    public Task Consume(ConsumeContext<VolunteerSignedUp> context) => !mailer.IsConfigured ? Task.CompletedTask : mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.SignUpConfirmed, context.Message.ShiftId, context.Message.SignUpId, $"{context.Message.SignUpId}"), context.CancellationToken);
}
