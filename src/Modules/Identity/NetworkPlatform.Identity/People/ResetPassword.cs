using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.People;

/// <summary>A person chooses a new password by a mailed link. Every session ends; second factors stay, so that a mailbox alone opens no account that has one.</summary>
internal static class ResetPassword
{
    public sealed record Command([property: JsonIgnore] string LinkToken, [property: JsonIgnore] string Password) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, Passwords passwords, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (tokens.Read<SendPasswordReset.Token>(SendPasswordReset.Purpose, request.LinkToken) is not { } token
                || await db.LockPerson(token.PersonId, cancellationToken) is not { MaySignIn: true } person || person.SecurityStamp != token.SecurityStamp)
            {
                return new LinkNotValid();
            }

            if (await passwords.Set(person, request.Password) is { } refusal)
            {
                return refusal;
            }

            await db.Forget(cancellationToken, SignInLimit.Account(person.NormalizedEmail));
            outbox.Publish(new SignInChanged(person.Id, "password"));
            return Done.Instance;
        }
    }
}
