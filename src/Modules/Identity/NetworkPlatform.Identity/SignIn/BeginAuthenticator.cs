using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person sets up an authenticator app: gets the secret for it. It counts once a code has shown that the app has it.</summary>
internal static class BeginAuthenticator
{
    public sealed record Command(Guid SessionId) : ICommand<Response>;

    /// <param name="Uri">The same for a QR code.</param>
    public sealed record Response([property: JsonIgnore] string Key, [property: JsonIgnore] string Uri);

    internal sealed class Handler(IdentityDbContext db, Authenticators authenticators, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.FreshOwner(request.SessionId, clock.GetUtcNow(), cancellationToken) is not var (_, person))
            {
                return new SignInNotRecent();
            }

            if (person.TwoFactorEnabled)
            {
                return new AuthenticatorOnAlready();
            }

            if (authenticators.Get(person) is not { } key)
            {
                authenticators.Set(person, key = RandomNumberGenerator.GetBytes(Authenticators.KeyLength));
            }

            return new Response(Totp.Encode(key), Totp.Uri(current.Tenant.BrandName ?? current.Tenant.Name, person.Email, key));
        }
    }
}
