using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Coverage;

internal sealed class WhenPlacesOpened(IMediator mediator) : IConsumer<PlacesOpened>
{
    public Task Consume(ConsumeContext<PlacesOpened> context) => mediator.SendOrThrow(
        new RecordShift.Command(context.Message.ShiftId, context.Message.SessionId, context.Message.Places, context.Message.Revision), context.CancellationToken);
}
