using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>
/// Whoever holds an invitation's link accepts it: as the person that they are signed in as, or, where the network does not know the address, as a new one with a name and a
/// password of their choice. Nobody becomes a member of anything without this.
/// </summary>
internal static class AcceptInvitation
{
    /// <param name="PersonId">Who is signed in; null for a new person, who needs <paramref name="Name"/> and <paramref name="Password"/>.</param>
    public sealed record Command([property: JsonIgnore] string LinkToken, Guid? PersonId, string? Name, [property: JsonIgnore] string? Password, string? Culture, string? UserAgent) : ICommand<Response>;

    /// <param name="SessionId">A new person's, who is signed in with it.</param>
    public sealed record Response(Guid PersonId, Guid? SessionId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).Text(Person.NameLength).When(c => c.PersonId is null);
            RuleFor(c => c.Password).Must(password => !string.IsNullOrEmpty(password)).When(c => c.PersonId is null).WithMessage("Must not be empty.");
        }
    }

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, UserManager<Person> users, Passwords passwords, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (tokens.Read<InvitationToken>(InvitationToken.Purpose, request.LinkToken) is not { } token || token.TenantId != db.TenantId
                || await db.LockInvitation(token.InvitationId, cancellationToken) is not { } invitation || !invitation.IsOpen(now))
            {
                return new LinkNotValid();
            }

            Person person;
            SignInSession? session = null;
            if (request.PersonId is { } id)
            {
                person = await db.People.SingleAsync(p => p.Id == id, cancellationToken);
                if (await db.IsMember(id, now, cancellationToken))
                {
                    return new MemberAlready();
                }
            }
            else
            {
                person = Person.Known(invitation.Email, request.Name!, now);
                person.Culture = request.Culture;
                var created = await users.CreateAsync(person);
                if ((created.Succeeded ? await passwords.Set(person, request.Password!) : Passwords.Refusal(created)) is { } refusal)
                {
                    return refusal;
                }

                session = await db.Begin(person, ["pwd"], request.UserAgent, now, cancellationToken);
            }

            invitation.Accept(person.Id, now);
            await db.Join(outbox, person, invitation, invitation.VolunteerId, now, cancellationToken);
            return new Response(person.Id, session?.Id);
        }
    }
}
