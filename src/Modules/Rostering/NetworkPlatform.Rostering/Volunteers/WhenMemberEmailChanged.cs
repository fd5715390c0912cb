using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

internal sealed class WhenMemberEmailChanged(IMediator mediator) : IConsumer<MemberEmailChanged>
{
    public Task Consume(ConsumeContext<MemberEmailChanged> context) =>
        mediator.SendOrThrow(new FollowEmail.Command(context.Message.PersonId, context.Message.OldEmail, context.Message.NewEmail), context.CancellationToken);
}
