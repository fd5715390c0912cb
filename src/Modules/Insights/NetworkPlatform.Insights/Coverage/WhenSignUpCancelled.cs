using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Coverage;

internal sealed class WhenSignUpCancelled(IMediator mediator) : IConsumer<SignUpCancelled>
{
    public Task Consume(ConsumeContext<SignUpCancelled> context) => mediator.SendOrThrow(
        new RecordSignUp.Command(context.Message.SignUpId, context.Message.ShiftId, context.Message.SessionId, SignUpStatus.Cancelled),
        context.CancellationToken);
}
