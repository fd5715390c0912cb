using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Identity.Connect;

/// <summary>
/// An opaque credential: the id of the tenant behind whose wall its row is found, and 256 random bits. Only its hash is kept.
/// </summary>
internal sealed record OpaqueHandle(Guid TenantId, string Text)
{
    internal byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    internal static OpaqueHandle New(Guid tenantId) => Of(tenantId, RandomNumberGenerator.GetBytes(32));

    /// <summary>Null for what has another form.</summary>
    internal static OpaqueHandle? Read(string? text) =>
        text is { Length: 76 } && text.Split('.') is [var tenant, var secret] && Guid.TryParseExact(tenant, "N", out var tenantId) && Base64Url.IsValid(secret, out var length) && length == 32
            ? new OpaqueHandle(tenantId, text)
            : null;

    /// <summary>The handle that follows on this one: the same each time, and unknown to whoever lacks either the handle or the salt.</summary>
    internal OpaqueHandle Next(byte[] salt) => Of(TenantId, HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(Text)));

    private static OpaqueHandle Of(Guid tenantId, byte[] secret) => new(tenantId, $"{tenantId:N}.{Base64Url.EncodeToString(secret)}");
}
