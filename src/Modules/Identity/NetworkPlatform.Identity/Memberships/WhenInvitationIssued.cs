using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Memberships;

internal sealed class WhenInvitationIssued(IMediator mediator) : IConsumer<InvitationIssued>
{
    public Task Consume(ConsumeContext<InvitationIssued> context) => mediator.SendOrThrow(new SendInvitation.Command(context.Message.InvitationId), context.CancellationToken);
}
