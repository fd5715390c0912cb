using Microsoft.Extensions.Configuration;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>
/// Settings <c>Identity:Issuer</c> (the public base address) and <c>Identity:KeyEncryptionKey</c> (32 random bytes in base64, which encrypt the signing
/// keys at rest). The host refuses to start without them.
/// </summary>
internal sealed record TokenSettings(string Issuer, byte[] KeyEncryptionKey)
{
    internal const string Audience = "networkplatform";
    internal const string Scope = "networkplatform";

    internal static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);

    internal static TokenSettings From(IConfiguration configuration)
    {
        var issuer = configuration["Identity:Issuer"]?.TrimEnd('/');
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            throw new InvalidOperationException("Identity:Issuer must be the service's https address (http only on loopback).");
        }

        var key = new byte[32];
        return Convert.TryFromBase64String(configuration["Identity:KeyEncryptionKey"] ?? "", key, out var length) && length == key.Length
            ? new TokenSettings(issuer, key)
            : throw new InvalidOperationException("Identity:KeyEncryptionKey must be 32 random bytes in base64.");
    }
}
