using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

internal sealed class WhenSessionScheduled(IMediator mediator) : IConsumer<SessionScheduled>
{
    public Task Consume(ConsumeContext<SessionScheduled> context) => mediator.SendOrThrow(new OpenShift.Command(context.Message), context.CancellationToken);
}
