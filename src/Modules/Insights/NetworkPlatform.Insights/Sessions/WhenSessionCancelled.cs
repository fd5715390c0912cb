using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Insights.Sessions;

internal sealed class WhenSessionCancelled(IMediator mediator) : IConsumer<SessionCancelled>
{
    public Task Consume(ConsumeContext<SessionCancelled> context) => mediator.SendOrThrow(
        new RecordSession.Command(context.Message.SessionId, new SessionChange.Cancelled()),
        context.CancellationToken);
}
