using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.People;

/// <summary>A person chooses a new password by a mailed link. Every session ends; second factors stay, so that a mailbox alone opens no account that has one.</summary>
internal static class ResetPassword
{
    public sealed record Command([property: JsonIgnore] string LinkToken, [property: JsonIgnore] string Password) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens links, Passwords passwords, AccessTokens tokens, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (links.Read<SendPasswordReset.Token>(SendPasswordReset.Purpose, request.LinkToken) is not { } token
                || await db.LockPerson(token.PersonId, cancellationToken) is not { MaySignIn: true } person || person.SecurityStamp != token.SecurityStamp)
            {
                return new LinkNotValid();
            }

            if (await passwords.Set(person, request.Password) is { } refusal)
            {
                return refusal;
            }

            await db.EndAll(person, tokens, outbox, clock.GetUtcNow(), cancellationToken);
            await db.Forget(cancellationToken, SignInLimit.Account(person.NormalizedEmail), SignInLimit.AccountFrom(person.NormalizedEmail, caller.Site));
            outbox.Publish(new SignInChanged(person.Id, "password"));
            return Done.Instance;
        }
    }
}
