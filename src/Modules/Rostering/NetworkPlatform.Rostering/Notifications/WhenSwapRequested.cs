using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who is asked is told; a request to anybody is found in the list, and told to nobody.</summary>
internal sealed class WhenSwapRequested(IMediator mediator, Mailer mailer) : IConsumer<SwapRequested>
{
    public Task Consume(ConsumeContext<SwapRequested> context) => mailer.IsConfigured && context.Message is { ToVolunteerId: { } asked } request
        ? mediator.SendOrThrow(
            new QueueNotifications.Command(NotificationKind.SwapRequested, request.ShiftId, SignUpId: null, $"{request.SwapId}", new(request.SwapId, asked)), context.CancellationToken)
        : Task.CompletedTask;
}
