using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Memberships;

internal sealed class WhenMembershipTimeUp(IMediator mediator) : IConsumer<MembershipTimeUp>
{
    public Task Consume(ConsumeContext<MembershipTimeUp> context) => mediator.SendOrThrow(new LetMembershipLapse.Command(context.Message.MembershipId), context.CancellationToken);
}
