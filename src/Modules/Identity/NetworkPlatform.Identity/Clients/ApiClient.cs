using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Identity.Clients;

/// <summary>A program that acts in one tenant under its own roles.</summary>
internal sealed class ApiClient : Entity
{
    internal const int NameLength = 200;

    public required string Name { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>SHA-256. A slow hash would add nothing: the secret is 256 random bits, not a password.</summary>
    public required byte[] SecretHash { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal static (ApiClient Client, string Secret) Create(string name, string[] roles)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiClient { Name = name, Roles = roles, SecretHash = Hash(secret) }, secret);
    }

    /// <summary>The public client id. It names the tenant, so that a token request finds its client behind the tenant's wall.</summary>
    internal static string ClientIdOf(Guid tenantId, Guid id) => $"{tenantId:N}.{id:N}";

    /// <summary>The two ids in a public client id; null where it has another form.</summary>
    internal static (Guid TenantId, Guid Id)? ParseClientId(string clientId) =>
        clientId.Split('.') is [var tenant, var client] && Guid.TryParseExact(tenant, "N", out var tenantId) && Guid.TryParseExact(client, "N", out var id)
            ? (tenantId, id)
            : null;

    internal bool Accepts(string secret) => RevokedAt is null && CryptographicOperations.FixedTimeEquals(SecretHash, Hash(secret));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

internal sealed record ClientNotFound() : NotFound("There is no such client.");

internal sealed record RoleNotYoursToGrant(string Role) : Forbidden($"Only a network administrator may grant {Role}, and only in the umbrella.");

internal sealed record MemberNotFound() : NotFound("There is no such member in your network.");
