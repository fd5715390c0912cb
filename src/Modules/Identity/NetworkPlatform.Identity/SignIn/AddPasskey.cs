using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person adds the passkey that their browser has just made.</summary>
internal static class AddPasskey
{
    /// <param name="Name">What its owner will know it by.</param>
    /// <param name="Credential">As the browser gives it (WebAuthn's registration response).</param>
    public sealed record Command(Guid SessionId, string Name, [property: JsonIgnore] string Credential, [property: JsonIgnore] string State) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(Passkey.NameLength);
            RuleFor(c => c.Credential).Text(20_000);
        }
    }

    internal sealed class Handler(
        IdentityDbContext db, UserManager<Person> users, IPasskeyHandler<Person> passkeys, ProtectedTokens tokens, IHttpContextAccessor http, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.FreshOwner(request.SessionId, clock.GetUtcNow(), cancellationToken) is not var (_, person))
            {
                return new SignInNotRecent();
            }

            if (tokens.Read<OfferPasskey.Token>(OfferPasskey.Purpose, request.State) is not { } token || token.PersonId != person.Id)
            {
                return new PasskeyRefused();
            }

            var made = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http.HttpContext!, CredentialJson = request.Credential, AttestationState = token.State });
            if (!made.Succeeded || await users.FindByPasskeyIdAsync(made.Passkey.CredentialId) is not null)
            {
                return new PasskeyRefused();
            }

            made.Passkey.Name = request.Name.Trim();
            await users.AddOrUpdatePasskeyAsync(person, made.Passkey);
            outbox.Publish(new SignInChanged(person.Id, "passkey-on"));
            return Done.Instance;
        }
    }
}

internal sealed record PasskeyRefused() : RuleBroken("The passkey was not accepted.");

internal sealed record PasskeyNotFound() : NotFound("You have no such passkey.");
