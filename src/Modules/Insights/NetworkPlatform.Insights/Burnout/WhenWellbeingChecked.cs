using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Burnout;

internal sealed class WhenWellbeingChecked(IMediator mediator) : IConsumer<WellbeingChecked>
{
    public Task Consume(ConsumeContext<WellbeingChecked> context) => mediator.SendOrThrow(new CountCheckIn.Command(context.Message.At), context.CancellationToken);
}
