using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

/// <summary>The same, in one of the tenants.</summary>
internal static class TellNewEmailHere
{
    public sealed record Command(MemberEmailChanged Changed) : ICommand<Done>;

    internal sealed class Handler(Outbox outbox) : ICommandHandler<Command, Done>
    {
        public Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            outbox.Publish(request.Changed);
            return Task.FromResult<Result<Done>>(Done.Instance);
        }
    }
}
