using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Providers;

/// <summary>
/// Begins a session for whom the tenant's provider has signed in: the person that it was linked to before, a member of this tenant whose confirmed e-mail address the provider vouches for, or
/// whoever accepts an invitation by it. Nobody becomes a member otherwise, and the session holds in this tenant alone.
/// </summary>
internal static class SignInExternally
{
    /// <param name="Name">What the provider calls them, for somebody new.</param>
    /// <param name="InvitationId">What they accept by it: they have shown the link of its letter.</param>
    /// <param name="Replaces">The browser's session until now: it ends, so that nobody else keeps it.</param>
    public sealed record Command(string Issuer, string Subject, string? VerifiedEmail, [property: JsonIgnore] string? Name, Guid? InvitationId, string? UserAgent, Guid? Replaces) : ICommand<Response>;

    public sealed record Response(Guid PersonId, Guid SessionId);

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
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
                var joined = request.InvitationId is { } invitation ? await Accept(invitation, request, linked is null ? null : person, email, now, cancellationToken) : new NotAMemberHere();
                if (!joined.IsSuccess)
                {
                    return Result<Response>.Failure(joined.Error);
                }

                person = joined.Value;
            }

            if (linked is null)
            {
                db.Add(new ExternalLogin { PersonId = person.Id, Issuer = request.Issuer, Subject = request.Subject, LinkedAt = now });
            }

            await db.EndReplaced(request.Replaces, tokens, outbox, now, cancellationToken);
            var session = await db.Begin(person, [SignInSession.Federated], request.UserAgent, now, cancellationToken);
            session.OnlyIn = db.TenantId;
            return new Response(person.Id, session.Id);
        }

        /// <summary>
        /// The invitation's letter shows whose address it went to. Where that is nobody's in the network yet, its holder becomes that person, as they would with a password. Where it is
        /// somebody's, a letter that was passed on must not make its holder that person: the provider has to vouch for the same address.
        /// </summary>
        private async Task<Result<Person>> Accept(Guid invitationId, Command request, Person? linked, string? email, DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (await db.LockInvitation(invitationId, cancellationToken) is not { } invitation || !invitation.IsOpen(now))
            {
                return new LinkNotValid();
            }

            var person = linked ?? await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == invitation.NormalizedEmail, cancellationToken);
            if (person is not null && linked is null && email != invitation.NormalizedEmail)
            {
                return new InvitedHasAccount();
            }

            if (person is null)
            {
                person = Person.Known(invitation.Email, NameOf(request.Name) ?? invitation.Name ?? invitation.Email, now);
                var created = await users.CreateAsync(person);
                if (!created.Succeeded)
                {
                    return Result<Person>.Failure(Passwords.Refusal(created));
                }
            }
            else if (!person.MaySignIn || await db.IsMember(person.Id, now, cancellationToken))
            {
                return person.MaySignIn ? new MemberAlready() : new NotAMemberHere();
            }

            invitation.Accept(person.Id, now);
            await db.Join(outbox, person, invitation, invitation.VolunteerId, now, cancellationToken);
            return person;
        }

        /// <summary>Null where the provider has none that can be kept.</summary>
        private static string? NameOf(string? told) => told?.Trim() is { Length: > 0 and <= Person.NameLength } name && !name.Any(char.IsControl) ? name : null;
    }
}
