using MassTransit;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Insights.Coverage;

internal sealed class WhenVolunteerSignedUp(IMediator mediator) : IConsumer<VolunteerSignedUp>
{
    public Task Consume(ConsumeContext<VolunteerSignedUp> context) => mediator.SendOrThrow(
        new RecordSignUp.Command(context.Message.SignUpId, context.Message.ShiftId, context.Message.SessionId, SignUpStatus.Confirmed),
        context.CancellationToken);
}
