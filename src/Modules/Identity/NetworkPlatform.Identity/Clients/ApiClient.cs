using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Identity.Clients;

/// <summary>A program that acts in one tenant under its own roles.</summary>
internal sealed class ApiClient : Entity, IHaveQuota<ApiClient>
{
    internal const int NameLength = 200;

    public static string Quota => "clients";

    public static Expression<Func<ApiClient, bool>> Counts => c => c.RevokedAt == null;

    public required string Name { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>The chapters that the roles are limited to; none for the whole tenant.</summary>
    public Guid[] Chapters { get; init; } = [];

    /// <summary>Whether the roles hold for every tenant below, too.</summary>
    public bool Below { get; init; }

    /// <summary>From when on the roles are held; null for always.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When the roles end; null for never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>SHA-256. A slow hash would add nothing: the secret is 256 random bits, not a password.</summary>
    public required byte[] SecretHash { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The secret, which only its hash is kept of.</summary>
    internal static (string Secret, byte[] Hash) NewSecret()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (secret, Hash(secret));
    }

    /// <summary>The public client id. It names the tenant, so that a token request finds its client behind the tenant's wall.</summary>
    internal static string ClientIdOf(Guid tenantId, Guid id) => $"{tenantId:N}.{id:N}";

    /// <summary>The two ids in a public client id; null where it has another form.</summary>
    internal static (Guid TenantId, Guid Id)? ParseClientId(string clientId) =>
        clientId.Split('.') is [var tenant, var client] && Guid.TryParseExact(tenant, "N", out var tenantId) && Guid.TryParseExact(client, "N", out var id)
            ? (tenantId, id)
            : null;

    internal bool Accepts(string secret, DateTimeOffset now) => CryptographicOperations.FixedTimeEquals(SecretHash, Hash(secret))
        && RevokedAt is null && !(ValidFrom > now) && !(ValidUntil <= now);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

internal sealed record ClientNotFound() : NotFound("There is no such client.");

internal sealed record RoleNotYoursToGrant(string Role) : Forbidden($"Only a network administrator may grant {Role}, and only in the umbrella.");

internal sealed record BelowNotYoursToGrant() : Forbidden("Only a network administrator may grant roles that reach below, and only in an umbrella.");

internal sealed record ChapterNotFound(Guid Id) : NotFound($"There is no chapter {Id}.");

internal sealed record MemberNotFound() : NotFound("There is no such member in your network.");
