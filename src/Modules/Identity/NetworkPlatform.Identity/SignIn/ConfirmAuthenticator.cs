using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A first code shows that the app has the secret: from now on signing in with the password takes a code too. Answers with recovery codes, this once.</summary>
internal static class ConfirmAuthenticator
{
    public sealed record Command(Guid SessionId, [property: JsonIgnore] string Code) : ICommand<Response>;

    public sealed record Response([property: JsonIgnore] IReadOnlyList<string> RecoveryCodes);

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, Authenticators authenticators, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.FreshOwner(request.SessionId, now, cancellationToken) is not var (session, person))
            {
                return new SignInNotRecent();
            }

            if (person.TwoFactorEnabled)
            {
                return new AuthenticatorOnAlready();
            }

            if (!authenticators.Redeem(person, request.Code, now))
            {
                return new CodeWrong();
            }

            person.TwoFactorEnabled = true;
            var codes = RecoveryCodes.Renew(person);
            await users.UpdateSecurityStampAsync(person);
            await db.EndOthers(session, person, tokens, outbox, now, cancellationToken);
            outbox.Publish(new SignInChanged(person.Id, "authenticator-on"));
            return new Response(codes);
        }
    }
}
