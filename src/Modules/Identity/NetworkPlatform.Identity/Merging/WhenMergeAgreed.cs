using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Merging;

internal sealed class WhenMergeAgreed(IMediator mediator) : IConsumer<MergeAgreed>
{
    public Task Consume(ConsumeContext<MergeAgreed> context) => mediator.SendOrThrow(new MergePeople.Command(context.Message.MergeId), context.CancellationToken);
}
