using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Providers;

/// <summary>
/// Begins a session for whom the tenant's provider has signed in: the person that it was linked to before, or a member of this tenant whose confirmed e-mail address the provider vouches for. Nobody
/// becomes a member by it, and the session holds in this tenant alone.
/// </summary>
internal static class SignInExternally
{
    public sealed record Command(string Issuer, string Subject, string? VerifiedEmail, string? UserAgent) : ICommand<Response>;

    public sealed record Response(Guid PersonId, Guid SessionId);

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var linked = await db.ExternalLogins.SingleOrDefaultAsync(l => l.Issuer == request.Issuer && l.Subject == request.Subject, cancellationToken);
            var email = request.VerifiedEmail is { } given ? users.NormalizeEmail(given.Trim()) : null;
            var person = linked is not null
                ? await db.People.SingleOrDefaultAsync(p => p.Id == linked.PersonId, cancellationToken)
                : email is null ? null : await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email, cancellationToken);
            if (person is not { MaySignIn: true } || !(await db.Memberships.Where(m => m.PersonId == person.Id && m.EndedAt == null).ToListAsync(cancellationToken)).Exists(m => m.HoldsAt(now)))
            {
                return new NotAMemberHere();
            }

            if (linked is null)
            {
                db.Add(new ExternalLogin { PersonId = person.Id, Issuer = request.Issuer, Subject = request.Subject, LinkedAt = now });
            }

            var session = await db.Begin(person, ["fed"], request.UserAgent, replaces: null, now, cancellationToken);
            session.OnlyIn = db.TenantId;
            return new Response(person.Id, session.Id);
        }
    }
}
