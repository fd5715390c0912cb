using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenSignUpCancelledLate(IMediator mediator) : IConsumer<SignUpCancelledLate>
{
    public Task Consume(ConsumeContext<SignUpCancelledLate> context) => mediator.SendOrThrow(
        new QueueNotifications.Command(NotificationKind.LateCancellation, context.Message.ShiftId, context.Message.SignUpId, $"{context.Message.SignUpId}"), context.CancellationToken);
}
