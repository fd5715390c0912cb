using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

internal sealed class WhenEmailChangeAsked(IMediator mediator) : IConsumer<EmailChangeAsked>
{
    public Task Consume(ConsumeContext<EmailChangeAsked> context) =>
        mediator.SendOrThrow(new SendEmailConfirmation.Command(context.Message.PersonId, context.Message.NewEmail), context.CancellationToken);
}
