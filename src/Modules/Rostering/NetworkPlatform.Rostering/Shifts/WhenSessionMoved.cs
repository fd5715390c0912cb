using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

internal sealed class WhenSessionMoved(IMediator mediator) : IConsumer<SessionMoved>
{
    public Task Consume(ConsumeContext<SessionMoved> context) => mediator.SendOrThrow(new MoveShifts.Command(context.Message), context.CancellationToken);
}
