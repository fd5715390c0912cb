using System.Text;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Providers;

/// <summary>
/// The OpenID provider at which the tenant's people sign in, beside our own pages. Whoever runs it may say of anybody that they are signed in, so a session that it begins holds in this
/// tenant alone and for nothing that is the person's own (see <see cref="SignIn.SignInSession.OnlyIn"/>). Its id is the tenant's: there is one.
/// </summary>
internal sealed class IdentityProvider : Entity
{
    internal const int NameLength = 100;
    internal const int IssuerLength = 300;
    internal const int ClientIdLength = 300;
    internal const int SecretLength = 500;

    /// <summary>As its button on the sign-in page says.</summary>
    public required string Name { get; set; }

    public required string Issuer { get; set; }

    public required string ClientId { get; set; }

    /// <summary>By <see cref="AtRestEncryption"/>; null for a public client.</summary>
    public byte[]? EncryptedSecret { get; private set; }

    internal static IdentityProvider Of(Guid tenantId, string name, string issuer, string clientId) => new() { Id = tenantId, Name = name, Issuer = issuer, ClientId = clientId };

    internal void Keep(string? secret, AtRestEncryption encryption) => EncryptedSecret = secret is { Length: > 0 } ? encryption.Encrypt(Encoding.UTF8.GetBytes(secret), Purpose) : null;

    internal string? ReadSecret(AtRestEncryption encryption) => EncryptedSecret is { } blob ? Encoding.UTF8.GetString(encryption.Decrypt(blob, Purpose)) : null;

    private string Purpose => $"identity-provider {Id}";
}

/// <summary>That somebody whom the tenant's provider calls by this subject is the person.</summary>
[AboutPerson(nameof(PersonId))]
internal sealed class ExternalLogin : Entity
{
    internal const int SubjectLength = 255;

    public required Guid PersonId { get; set; }

    public required string Issuer { get; init; }

    [Personal]
    public required string Subject { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }
}

internal static class Federation
{
    /// <summary>Who was who at the provider is forgotten, and the sessions that it began in the tenant end.</summary>
    internal static async Task EndFederation(this IdentityDbContext db, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.ExternalLogins.ToListAsync(cancellationToken));
        foreach (var session in await db.Sessions.Where(s => s.OnlyIn == db.TenantId && s.EndedAt == null).ToListAsync(cancellationToken))
        {
            await db.End(session, tokens, outbox, now, cancellationToken);
        }
    }
}

internal sealed record IdentityProviderNotFound() : NotFound("The tenant has no identity provider.");

internal sealed record IdentityProviderUnusable(string Reason) : RuleBroken("The identity provider cannot be used as it is.");

internal sealed record ExternalSignInFailed() : Forbidden("The identity provider has not said who you are. Try again.");

internal sealed record InvitedHasAccount() : Forbidden("Whoever was invited has an account in this network already. Sign in with it to accept.");

internal sealed record NotAMemberHere() : Forbidden("Nobody with the e-mail address that the identity provider knows is a member here. Ask to be invited.");
