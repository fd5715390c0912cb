using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

internal sealed class WhenMemberJoined(IMediator mediator) : IConsumer<MemberJoined>
{
    public Task Consume(ConsumeContext<MemberJoined> context) =>
        mediator.SendOrThrow(new LinkMember.Command(context.Message.PersonId, context.Message.Email, context.Message.VolunteerId), context.CancellationToken);
}
