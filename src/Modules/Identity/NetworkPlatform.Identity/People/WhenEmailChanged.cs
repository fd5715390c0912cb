using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

internal sealed class WhenEmailChanged(IMediator mediator) : IConsumer<EmailChanged>
{
    public Task Consume(ConsumeContext<EmailChanged> context) =>
        mediator.SendOrThrow(new TellPerson.Command(context.Message.PersonId, "email-changed", context.Message.OldEmail), context.CancellationToken);
}
