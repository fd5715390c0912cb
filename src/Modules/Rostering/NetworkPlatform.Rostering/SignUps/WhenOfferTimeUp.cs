using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.SignUps;

internal sealed class WhenOfferTimeUp(IMediator mediator) : IConsumer<OfferTimeUp>
{
    public Task Consume(ConsumeContext<OfferTimeUp> context) => mediator.SendOrThrow(new LetOfferLapse.Command(context.Message.SignUpId), context.CancellationToken);
}
