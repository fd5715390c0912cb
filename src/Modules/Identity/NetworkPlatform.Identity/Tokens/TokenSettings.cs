using Microsoft.Extensions.Configuration;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>The setting <c>Identity:Issuer</c>, the public base address. The host refuses to start without it.</summary>
internal sealed record TokenSettings(string Issuer)
{
    internal const string Audience = "networkplatform";
    internal const string Scope = "networkplatform";

    internal static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Whether browsers reach the service by https: then its cookies are for https only, whatever a proxy in between speaks.</summary>
    internal bool IsHttps => Issuer.StartsWith("https:", StringComparison.Ordinal);

    internal static TokenSettings From(IConfiguration configuration)
    {
        var issuer = configuration["Identity:Issuer"]?.TrimEnd('/');
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            throw new InvalidOperationException("Identity:Issuer must be the service's https address (http only on loopback).");
        }

        return new TokenSettings(issuer);
    }
}
