using MassTransit;

namespace NetworkPlatform.Insights.Privacy;

internal sealed class WhenLateFactsDue(IMediator mediator) : IConsumer<LateFactsDue>
{
    public Task Consume(ConsumeContext<LateFactsDue> context) =>
        mediator.SendOrThrow(new ErasePersonalData.Command(context.Message.Order, IsLast: true), context.CancellationToken);
}
