using MassTransit;
using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

internal sealed class WhenSessionRegrouped(IMediator mediator) : IConsumer<SessionRegrouped>
{
    public Task Consume(ConsumeContext<SessionRegrouped> context) => mediator.SendOrThrow(new RegroupShifts.Command(context.Message), context.CancellationToken);
}
