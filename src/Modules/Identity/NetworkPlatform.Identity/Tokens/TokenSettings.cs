using Microsoft.Extensions.Configuration;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>What clients may ask for, by the names of OpenID Connect Core §5.4 and §11, and the API itself.</summary>
internal static class Scope
{
    internal const string Api = "networkplatform";
    internal const string OpenId = "openid";
    internal const string Profile = "profile";
    internal const string Email = "email";
    internal const string OfflineAccess = "offline_access";
}

/// <summary>The settings <c>Identity:Issuer</c>, the public base address, without which the host refuses to start, and <c>Identity:RequirePushedAuthorization</c>.</summary>
internal sealed record TokenSettings(string Issuer, bool RequirePushedAuthorization)
{
    internal const string Audience = "networkplatform";

    internal static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan IdTokenLifetime = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(60);
    internal static readonly TimeSpan PushedRequestLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a grant lasts at most, however often it is refreshed.</summary>
    internal static readonly TimeSpan GrantLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a refresh token waits to be used.</summary>
    internal static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(15);

    /// <summary>How long after its use a refresh token still answers what it answered: the answer may have been lost.</summary>
    internal static readonly TimeSpan RefreshGrace = TimeSpan.FromSeconds(10);

    internal static readonly string[] Scopes = [Scope.OpenId, Scope.Profile, Scope.Email, Scope.OfflineAccess, Scope.Api];

    /// <summary>Whether browsers reach the service by https: then its cookies are for https only, whatever a proxy in between speaks.</summary>
    internal bool IsHttps => Issuer.StartsWith("https:", StringComparison.Ordinal);

    internal static TokenSettings From(IConfiguration configuration)
    {
        var issuer = configuration["Identity:Issuer"]?.TrimEnd('/');
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            throw new InvalidOperationException("Identity:Issuer must be the service's https address (http only on loopback).");
        }

        return new TokenSettings(issuer, configuration.GetValue("Identity:RequirePushedAuthorization", defaultValue: false));
    }
}
