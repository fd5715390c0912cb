using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Burnout;

internal sealed class WhenVolunteerOverloaded(IMediator mediator) : IConsumer<VolunteerOverloaded>
{
    public Task Consume(ConsumeContext<VolunteerOverloaded> context) => mediator.SendOrThrow(
        new RecordOverload.Command(context.Message.SignUpId, context.Message.VolunteerId, context.Message.Limits, context.Message.Overridden), context.CancellationToken);
}
