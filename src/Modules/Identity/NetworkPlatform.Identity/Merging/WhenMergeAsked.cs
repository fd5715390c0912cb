using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Merging;

internal sealed class WhenMergeAsked(IMediator mediator) : IConsumer<MergeAsked>
{
    public Task Consume(ConsumeContext<MergeAsked> context) =>
        mediator.SendOrThrow(new SendMergeLetter.Command(context.Message.MergeId, context.Message.PersonId), context.CancellationToken);
}
