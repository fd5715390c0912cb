using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person signs in with a passkey. It is two factors at once: the device, and what unlocks it.</summary>
internal static class SignInWithPasskey
{
    /// <param name="Credential">As the browser gives it (WebAuthn's authentication response).</param>
    /// <param name="Replaces">The browser's session until now.</param>
    public sealed record Command([property: JsonIgnore] string Credential, [property: JsonIgnore] string State, string? UserAgent, Guid? Replaces) : ICommand<Response>;

    public sealed record Response(Guid PersonId, Guid SessionId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Credential).Text(20_000);
    }

    internal sealed class Handler(
        IdentityDbContext db, UserManager<Person> users, IPasskeyHandler<Person> passkeys, ProtectedTokens tokens, AccessTokens accessTokens, Outbox outbox, IHttpContextAccessor http, TimeProvider clock)
        : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (tokens.Read<AskForPasskey.Token>(AskForPasskey.Purpose, request.State) is not { } token)
            {
                return new PasskeyRefused();
            }

            var shown = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http.HttpContext!, CredentialJson = request.Credential, AssertionState = token.State });
            if (!shown.Succeeded || await db.LockPerson(shown.User.Id, cancellationToken) is not { MaySignIn: true } person)
            {
                return new PasskeyRefused();
            }

            // Read under the lock: an answer to a challenge counts once, and none from before the last.
            var id = shown.Passkey.CredentialId;
            if (await db.Passkeys.SingleOrDefaultAsync(p => p.CredentialId == id, cancellationToken) is not { } passkey)
            {
                return new PasskeyRefused();
            }

            await db.Entry(passkey).ReloadAsync(cancellationToken);
            if (token.At <= passkey.LastChallengeAt)
            {
                return new PasskeyRefused();
            }

            passkey.LastChallengeAt = token.At;
            await users.AddOrUpdatePasskeyAsync(person, shown.Passkey);
            var now = clock.GetUtcNow();
            await db.EndReplaced(request.Replaces, accessTokens, outbox, now, cancellationToken);
            var session = await db.Begin(person, [shown.Passkey.IsBackupEligible ? "swk" : "hwk", "user", "mfa"], request.UserAgent, now, cancellationToken);
            return new Response(person.Id, session.Id);
        }
    }
}
