using MassTransit;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who asked is told. Who accepted has signed up by it, and is told of that.</summary>
internal sealed class WhenSwapEnded(IMediator mediator, Mailer mailer) : IConsumer<SwapEnded>
{
    public Task Consume(ConsumeContext<SwapEnded> context) => mailer.IsConfigured && News.KindOf(EnumNames<SwapStatus>.Parse(context.Message.Outcome)) is { } kind
        ? mediator.SendOrThrow(
            new QueueNotifications.Command(kind, context.Message.ShiftId, SignUpId: null, $"{context.Message.SwapId}", new(context.Message.SwapId, context.Message.FromVolunteerId)),
            context.CancellationToken)
        : Task.CompletedTask;
}
