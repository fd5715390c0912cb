using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NetworkPlatform.Identity.Keys;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>An authority whose access tokens the API takes beside our own, or in their place. The setting <c>Identity:Authorities:0</c>, <c>:1</c> …</summary>
internal sealed class ExternalAuthority
{
    /// <summary>Its <c>iss</c>, whose discovery document is asked for its keys.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>What it calls this API.</summary>
    public string Audience { get; init; } = TokenSettings.Audience;

    /// <summary>Of ES256, RS256 and PS256.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [SigningAlgorithm.RS256];

    /// <summary>Accepted <c>typ</c>; some authorities say no more than <c>JWT</c>.</summary>
    public IReadOnlyList<string> Types { get; init; } = [AccessToken.Type, "application/at+jwt"];

    /// <summary>The claim that holds the tenant's slug. A path through objects has dots: <c>realm_access.roles</c>.</summary>
    public string TenantClaim { get; init; } = Caller.TenantClaim;

    public string RolesClaim { get; init; } = Caller.RoleClaim;

    public string ChaptersClaim { get; init; } = Caller.ChapterClaim;

    /// <summary>True where its <c>sub</c> is the id of a person here. Else its subjects are strangers' names, whatever they look like.</summary>
    public bool SubjectIsPersonId { get; init; }

    /// <summary>The tenants that it may speak for; none for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    internal static IReadOnlyList<ExternalAuthority> From(IConfiguration configuration)
    {
        var authorities = configuration.GetSection("Identity:Authorities").Get<List<ExternalAuthority>>() ?? [];
        foreach (var authority in authorities)
        {
            if (!Uri.TryCreate(authority.Issuer, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
            {
                throw new InvalidOperationException($"Identity:Authorities: Issuer is '{authority.Issuer}'; it must be an https address.");
            }

            if (authority.Audience.Length == 0 || authority.Algorithms.Count == 0 || authority.Algorithms.Except(SigningAlgorithm.Verified, StringComparer.Ordinal).Any())
            {
                throw new InvalidOperationException($"Identity:Authorities: {authority.Issuer} needs an Audience, and Algorithms out of {string.Join(", ", SigningAlgorithm.Verified)}.");
            }
        }

        return authorities;
    }
}

/// <summary>Verifies the access tokens of configured authorities, and reads our claims out of theirs. Roles reach below a tenant by our own tokens only.</summary>
internal sealed partial class ExternalAuthorities(IReadOnlyList<ExternalAuthority> all, ForeignTokens tokens, TimeProvider clock, ILogger<ExternalAuthorities> logger) : IDisposable
{
    /// <summary>These authorities tell nobody of an end, so a token is looked at again after a minute for its time alone.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public void Dispose() => verified.Dispose();

    /// <summary>The caller; null for anything but a valid token of such an authority.</summary>
    internal async ValueTask<ClaimsPrincipal?> Verify(string text, CancellationToken cancellationToken)
    {
        if (all.Count == 0)
        {
            return null;
        }

        if (verified.TryGetValue(text, out (ClaimsPrincipal Caller, DateTimeOffset ExpiresAt) known) && known.ExpiresAt > clock.GetUtcNow())
        {
            return known.Caller;
        }

        // The issuer inside only picks the authority: what is believed is what that authority's key has signed.
        if (JsonWebToken.Read(text)?.Issuer is not { } issuer || all.FirstOrDefault(a => a.Issuer == issuer) is not { } authority)
        {
            return null;
        }

        try
        {
            if (await tokens.Verify(text, new ExpectedToken(issuer, authority.Audience, authority.Algorithms, authority.Types), cancellationToken) is not { } token || CallerOf(token, authority) is not { } caller)
            {
                return null;
            }

            verified.Set(text, (caller, token.ExpiresAt!.Value), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
            return caller;
        }
        catch (IssuerUnavailableException exception)
        {
            LogUnavailable(logger, exception.Message);
            return null;
        }
    }

    private static ClaimsPrincipal? CallerOf(JsonWebToken token, ExternalAuthority authority)
    {
        if (TextsAt(token, authority.TenantClaim) is not [var tenant] || (authority.Tenants.Count > 0 && !authority.Tenants.Contains(tenant, StringComparer.Ordinal)))
        {
            return null;
        }

        var subject = authority.SubjectIsPersonId && Guid.TryParseExact(token.Subject, "D", out _) ? token.Subject! : NameOf(token.Subject!, authority);
        var chapters = TextsAt(token, authority.ChaptersClaim).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToList();
        return AccessToken.CallerOf(subject, tenant, TextsAt(token, authority.RolesClaim).Where(role => Roles.All.Contains(role, StringComparer.Ordinal)), chapters, below: false, SecondsAt(token, Caller.AuthenticatedAtClaim), onlyHere: authority.Tenants.Count > 0);
    }

    /// <summary>Prefixed, so that no name of theirs is taken for a person or a client of ours; of a long one the digest, since the audit has so much room for an actor.</summary>
    private static string NameOf(string subject, ExternalAuthority authority)
    {
        var name = $"{new Uri(authority.Issuer).Host}|{subject}";
        return name.Length <= 200 ? name : $"sha256|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }

    private static long? SecondsAt(JsonWebToken token, string name) =>
        token.Claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;

    private static IReadOnlyList<string> TextsAt(JsonWebToken token, string path)
    {
        var value = token.Claims;
        foreach (var name in token.Claims.TryGetProperty(path, out _) ? [path] : path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return [];
            }
        }

        return JsonWebToken.TextsOf(value);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token could not be verified: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
