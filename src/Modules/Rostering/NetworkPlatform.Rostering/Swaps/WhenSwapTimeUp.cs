using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Swaps;

internal sealed class WhenSwapTimeUp(IMediator mediator) : IConsumer<SwapTimeUp>
{
    public Task Consume(ConsumeContext<SwapTimeUp> context) => mediator.SendOrThrow(new LetSwapLapse.Command(context.Message.SwapId), context.CancellationToken);
}
