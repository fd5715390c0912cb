using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person ends all their sessions, of which the clients that acted in them are told, and with the security stamp everything that was granted from one.</summary>
internal static class SignOutEverywhere
{
    public sealed record Command(Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var person = (await db.LockPerson(request.PersonId, cancellationToken))!;
            await users.UpdateSecurityStampAsync(person);
            await db.EndAll(person, tokens, outbox, clock.GetUtcNow(), cancellationToken);
            return Done.Instance;
        }
    }
}
