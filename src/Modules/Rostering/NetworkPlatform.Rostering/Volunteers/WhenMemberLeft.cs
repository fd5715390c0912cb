using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

internal sealed class WhenMemberLeft(IMediator mediator) : IConsumer<MemberLeft>
{
    public Task Consume(ConsumeContext<MemberLeft> context) => mediator.SendOrThrow(new LeaveRota.Command(context.Message.PersonId), context.CancellationToken);
}
