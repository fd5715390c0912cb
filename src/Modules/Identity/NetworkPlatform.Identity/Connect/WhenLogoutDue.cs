using MassTransit;
using NetworkPlatform.Identity.Contracts;
using IMediator = MediatR.IMediator;

namespace NetworkPlatform.Identity.Connect;

internal sealed class WhenLogoutDue(IMediator mediator) : IConsumer<LogoutDue>
{
    public Task Consume(ConsumeContext<LogoutDue> context) => mediator.SendOrThrow(new SendLogoutToken.Command(context.Message.NoticeId), context.CancellationToken);
}
