using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

internal sealed class WhenPeopleMerged(IMediator mediator) : IConsumer<PeopleMerged>
{
    public Task Consume(ConsumeContext<PeopleMerged> context) =>
        mediator.SendOrThrow(new MoveLink.Command(context.Message.KeptId, context.Message.AbsorbedId), context.CancellationToken);
}
