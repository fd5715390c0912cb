using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Insights.Sessions;

internal sealed class WhenSessionRegrouped(IMediator mediator) : IConsumer<SessionRegrouped>
{
    public Task Consume(ConsumeContext<SessionRegrouped> context) => mediator.SendOrThrow(
        new RecordSession.Command(context.Message.SessionId, new SessionChange.Regrouped(context.Message.GroupId, context.Message.Revision)),
        context.CancellationToken);
}
