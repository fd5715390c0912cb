using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.SignUps;

internal sealed class WhenSignUpCancelled(IMediator mediator) : IConsumer<SignUpCancelled>
{
    public Task Consume(ConsumeContext<SignUpCancelled> context) =>
        mediator.SendOrThrow(new PromoteFromWaitlist.Command(context.Message.ShiftId), context.CancellationToken);
}
