using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Insights.Sessions;

internal sealed class WhenSessionHeld(IMediator mediator) : IConsumer<SessionHeld>
{
    public Task Consume(ConsumeContext<SessionHeld> context) => mediator.SendOrThrow(
        new RecordSession.Command(
            context.Message.SessionId,
            new SessionChange.Held(context.Message.GroupId, context.Message.StartedAt, context.Message.Participants)),
        context.CancellationToken);
}
