using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>The address at which a volunteer's calendar program reads their shifts. Whoever knows it may read; it is never kept, only its hash is.</summary>
[AboutPerson(nameof(VolunteerId))]
internal sealed class CalendarFeed : Entity
{
    private const int SecretLength = 32;

    public required Guid VolunteerId { get; init; }

    /// <summary>SHA-256; a slow hash would add nothing to 256 random bits.</summary>
    [Personal(Secret = true)]
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>A new token; one that was given out before is worth nothing from then on. It names its tenant, so that it is found behind the tenant's wall.</summary>
    internal string Renew(Guid tenantId)
    {
        var token = $"{tenantId:N}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength))}";
        TokenHash = Hash(token);
        return token;
    }

    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The tenant that a token names; null where it has another form.</summary>
    internal static Guid? TenantOf(string token) => token.Split('.') is [var tenant, { Length: > 0 }] && Guid.TryParseExact(tenant, "N", out var id) ? id : null;
}

internal sealed record CalendarFeedNotFound() : NotFound("There is no such calendar.");
