using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

internal sealed class WhenSessionCancelled(IMediator mediator) : IConsumer<SessionCancelled>
{
    public Task Consume(ConsumeContext<SessionCancelled> context) => mediator.SendOrThrow(new CancelShifts.Command(context.Message), context.CancellationToken);
}
