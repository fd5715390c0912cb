using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenVolunteerSignedUp(IMediator mediator) : IConsumer<VolunteerSignedUp>
{
    public Task Consume(ConsumeContext<VolunteerSignedUp> context) => mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.SignUpConfirmed, context.Message.ShiftId, context.Message.SignUpId, $"{context.Message.SignUpId}"), context.CancellationToken);
}
