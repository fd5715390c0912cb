using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Clients;

/// <summary>What a client is decides how it gets tokens.</summary>
internal enum ClientKind
{
    /// <summary>A program that acts in its own name, under its own roles.</summary>
    Machine,

    /// <summary>A web application that acts for people and can keep a secret.</summary>
    Web,

    /// <summary>An application on people's own devices, which can keep none.</summary>
    Native,
}

/// <summary>A program that acts in one tenant: under its own roles, or for people who sign in.</summary>
internal sealed class ApiClient : Entity, IHaveQuota<ApiClient>, IRoleGrant
{
    internal const int NameLength = 200;
    internal const int PublicIdLength = 65;

    public static string Quota => "clients";

    public static Expression<Func<ApiClient, bool>> Counts => c => c.RevokedAt == null;

    public required string Name { get; init; }

    public ClientKind Kind { get; init; }

    /// <summary>A machine's own; a person's token has the person's.</summary>
    public required string[] Roles { get; init; }

    /// <summary>The chapters that the roles are limited to; none for the whole tenant.</summary>
    public Guid[] Chapters { get; init; } = [];

    /// <summary>Whether the roles hold for every tenant below, too; and whether people of tenants below may sign in through it.</summary>
    public bool Below { get; init; }

    /// <summary>From when on the roles are held; null for always.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When the roles end; null for never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>SHA-256. A slow hash would add nothing: the secret is 256 random bits, not a password. Null where there is none.</summary>
    public byte[]? SecretHash { get; private set; }

    /// <summary>The secret before, which still counts until <see cref="PreviousSecretEndsAt"/>.</summary>
    public byte[]? PreviousSecretHash { get; private set; }

    public DateTimeOffset? PreviousSecretEndsAt { get; private set; }

    /// <summary>Public keys (RFC 7517, a JSON key set) of a client that signs its requests instead of having a secret.</summary>
    public string? KeySet { get; init; }

    public string[] RedirectUris { get; init; } = [];

    public string[] PostLogoutRedirectUris { get; init; } = [];

    /// <summary>What it may ask people for.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>Takes authorization requests by the back channel only (RFC 9126).</summary>
    public bool RequirePushedAuthorization { get; init; }

    /// <summary>Whether people are asked before it acts for them: false for the tenant's own, which then does so in the tenant alone (<c>only_here</c>).</summary>
    public bool RequireConsent { get; init; }

    /// <summary>Is told there when somebody signs out (OpenID Connect Back-Channel Logout 1.0).</summary>
    public string? BackChannelLogoutUri { get; init; }

    /// <summary>What its ID tokens are signed in; RS256 where it is null.</summary>
    public string? IdTokenAlgorithm { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    IReadOnlyList<string> IRoleGrant.Roles => Roles;

    IReadOnlyList<Guid>? IRoleGrant.Chapters => Chapters.NoneIsNull();

    internal string PublicId => ClientIdOf(TenantId, Id);

    internal IReadOnlyList<string> GrantTypes => Kind == ClientKind.Machine ? [GrantType.ClientCredentials] : [GrantType.AuthorizationCode, GrantType.RefreshToken];

    /// <summary>How it proves to be itself: RFC 7591's <c>token_endpoint_auth_method</c>, where a secret may come either way.</summary>
    internal string AuthenticationMethod => Kind == ClientKind.Native ? "none" : KeySet is null ? "client_secret_basic" : "private_key_jwt";

    /// <summary>The public client id. It names the tenant, so that a token request finds its client behind the tenant's wall.</summary>
    internal static string ClientIdOf(Guid tenantId, Guid id) => $"{tenantId:N}.{id:N}";

    /// <summary>The two ids in a public client id; null where it has another form.</summary>
    internal static (Guid TenantId, Guid Id)? ParseClientId(string clientId) =>
        clientId.Split('.') is [var tenant, var client] && Guid.TryParseExact(tenant, "N", out var tenantId) && Guid.TryParseExact(client, "N", out var id)
            ? (tenantId, id)
            : null;

    /// <summary>Names a secret without telling it.</summary>
    internal static Guid SecretIdOf(byte[] hash) => new(hash.AsSpan(0, 16));

    /// <summary>Gives it a secret, which only its hash is kept of. The one before counts until then.</summary>
    internal string NewSecret(DateTimeOffset previousEndsAt)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        if (SecretHash is not null)
        {
            (PreviousSecretHash, PreviousSecretEndsAt) = (SecretHash, previousEndsAt);
        }

        SecretHash = Hash(secret);
        return secret;
    }

    /// <summary>Ends one of its secrets; false where it has none of that id.</summary>
    internal bool EndSecret(Guid secretId)
    {
        if (PreviousSecretHash is { } previous && SecretIdOf(previous) == secretId)
        {
            (PreviousSecretHash, PreviousSecretEndsAt) = (null, null);
            return true;
        }

        if (SecretHash is not { } current || SecretIdOf(current) != secretId)
        {
            return false;
        }

        // What is left of the one before goes on to its end.
        SecretHash = null;
        return true;
    }

    internal bool HasTwoSecrets(DateTimeOffset now) => SecretHash is not null && PreviousSecretHash is not null && PreviousSecretEndsAt > now;

    internal bool IsValidAt(DateTimeOffset now) => RevokedAt is null && !(ValidFrom > now) && !(ValidUntil <= now);

    internal bool Accepts(string secret, DateTimeOffset now)
    {
        var hash = Hash(secret);
        return (SecretHash is { } current && CryptographicOperations.FixedTimeEquals(current, hash))
            | (PreviousSecretHash is { } previous && PreviousSecretEndsAt > now && CryptographicOperations.FixedTimeEquals(previous, hash));
    }

    /// <summary>Whether one of its registered keys made the token.</summary>
    internal bool HasSigned(JsonWebToken token) => KeySet is not null
        && JsonSerializer.Deserialize<JsonWebKeySet>(KeySet)!.Keys is { } keys
        && keys.Any(k => (token.KeyId is null || k.KeyId == token.KeyId) && token.IsSignedBy(k));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>The ways to a token, by their names in RFC 6749.</summary>
internal static class GrantType
{
    internal const string ClientCredentials = "client_credentials";
    internal const string AuthorizationCode = "authorization_code";
    internal const string RefreshToken = "refresh_token";
}

internal sealed record ClientNotFound() : NotFound("There is no such client.");

internal sealed record SecretNotFound() : NotFound("The client has no such secret.");

internal sealed record ClientHasNoSecrets() : RuleBroken("This kind of client has no secret.");

internal sealed record TwoSecretsAreLive() : Conflict("The client has two live secrets. End one of them first.");

internal sealed record RoleNotYoursToGrant(string Role) : Forbidden($"Only a network administrator may grant {Role}, and only in the umbrella.");

internal sealed record BelowNotYoursToGrant() : Forbidden("Only a network administrator may grant what reaches below, and only in an umbrella.");

internal sealed record ChapterNotFound(Guid Id) : NotFound($"There is no chapter {Id}.");

internal sealed record MemberNotFound() : NotFound("There is no such member in your network.");
