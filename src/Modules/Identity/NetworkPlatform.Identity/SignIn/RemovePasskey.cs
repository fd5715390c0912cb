using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person gives a passkey up, such as that of a lost telephone.</summary>
internal static class RemovePasskey
{
    public sealed record Command(Guid SessionId, Guid PasskeyId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.FreshOwner(request.SessionId, clock.GetUtcNow(), cancellationToken) is not var (_, person))
            {
                return new SignInNotRecent();
            }

            if (await db.Passkeys.SingleOrDefaultAsync(p => p.PersonId == person.Id && p.Id == request.PasskeyId, cancellationToken) is not { } passkey)
            {
                return new PasskeyNotFound();
            }

            db.Remove(passkey);
            outbox.Publish(new SignInChanged(person.Id, "passkey-off"));
            return Done.Instance;
        }
    }
}
