using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Insights.Sessions;

internal sealed class WhenSessionScheduled(IMediator mediator) : IConsumer<SessionScheduled>
{
    public Task Consume(ConsumeContext<SessionScheduled> context) => mediator.SendOrThrow(
        new RecordSession.Command(
            context.Message.SessionId,
            new SessionChange.Scheduled(context.Message.GroupId, context.Message.StartsAt)),
        context.CancellationToken);
}
