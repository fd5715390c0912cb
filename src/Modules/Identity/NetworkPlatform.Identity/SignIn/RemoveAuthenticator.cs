using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person gives their authenticator app up; their recovery codes go with it.</summary>
internal static class RemoveAuthenticator
{
    public sealed record Command(Guid SessionId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.FreshOwner(request.SessionId, now, cancellationToken) is not var (session, person))
            {
                return new SignInNotRecent();
            }

            (person.TwoFactorEnabled, person.AuthenticatorKey, person.RecoveryCodeHashes) = (false, null, []);
            await users.UpdateSecurityStampAsync(person);
            await db.EndOthers(session, person, tokens, outbox, now, cancellationToken);
            outbox.Publish(new SignInChanged(person.Id, "authenticator-off"));
            return Done.Instance;
        }
    }
}
