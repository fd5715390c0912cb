using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.People;

/// <summary>The new address has answered: it is the person's from now on. All sessions end, and the old address is told.</summary>
internal static class ConfirmEmailChange
{
    public sealed record Command([property: JsonIgnore] string LinkToken) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, ProtectedTokens links, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (links.Read<SendEmailConfirmation.Token>(SendEmailConfirmation.Purpose, request.LinkToken) is not { } token
                || await db.LockPerson(token.PersonId, cancellationToken) is not { MaySignIn: true } person || person.SecurityStamp != token.SecurityStamp)
            {
                return new LinkNotValid();
            }

            var old = person.Email;
            var changed = await users.SetEmailAsync(person, token.NewEmail); // and a new security stamp
            if (!changed.Succeeded)
            {
                return new LinkNotValid();
            }

            var now = clock.GetUtcNow();
            person.EmailConfirmedAt = now;
            await db.EndAll(person, tokens, outbox, now, cancellationToken);
            outbox.Publish(new EmailChanged(person.Id, old));
            outbox.Publish(new NewEmailToTell(person.Id, old, person.Email));
            return Done.Instance;
        }
    }
}
