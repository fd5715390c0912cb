using MassTransit;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

internal sealed class WhenSignInChanged(IMediator mediator) : IConsumer<SignInChanged>
{
    public Task Consume(ConsumeContext<SignInChanged> context) =>
        mediator.SendOrThrow(new TellPerson.Command(context.Message.PersonId, $"changed-{context.Message.What}", Address: null), context.CancellationToken);
}
