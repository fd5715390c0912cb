using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

internal sealed class WhenPasswordResetAsked(IMediator mediator) : IConsumer<PasswordResetAsked>
{
    public Task Consume(ConsumeContext<PasswordResetAsked> context) => mediator.SendOrThrow(new SendPasswordReset.Command(context.Message.Email), context.CancellationToken);
}
