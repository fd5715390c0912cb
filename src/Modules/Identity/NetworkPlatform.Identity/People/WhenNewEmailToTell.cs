using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

internal sealed class WhenNewEmailToTell(IMediator mediator) : IConsumer<NewEmailToTell>
{
    public Task Consume(ConsumeContext<NewEmailToTell> context) =>
        mediator.SendOrThrow(new TellNewEmail.Command(context.Message.PersonId, context.Message.OldEmail, context.Message.NewEmail), context.CancellationToken);
}
