using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Insights.Privacy;

internal sealed class WhenPersonErased(IMediator mediator) : IConsumer<PersonErased>
{
    public Task Consume(ConsumeContext<PersonErased> context) => mediator.SendOrThrow(
        new ErasePersonalData.Command(new ErasureOrder(context.Message.ErasureId, context.Message.Ids, context.Message.Everywhere)), context.CancellationToken);
}
