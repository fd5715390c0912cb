using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person ends all their sessions, and with the security stamp everything that was granted from one.</summary>
internal static class SignOutEverywhere
{
    public sealed record Command(Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var person = await db.LockPerson(request.PersonId, cancellationToken);
            await users.UpdateSecurityStampAsync(person!);
            foreach (var session in await db.Sessions.Where(s => s.PersonId == request.PersonId && s.EndedAt == null).ToListAsync(cancellationToken))
            {
                session.EndedAt = now;
            }

            return Done.Instance;
        }
    }
}
