using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Insights.Sessions;

internal sealed class WhenSessionMoved(IMediator mediator) : IConsumer<SessionMoved>
{
    public Task Consume(ConsumeContext<SessionMoved> context) => mediator.SendOrThrow(
        new RecordSession.Command(context.Message.SessionId, new SessionChange.Moved(context.Message.StartsAt, context.Message.Revision)),
        context.CancellationToken);
}
