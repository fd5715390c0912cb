using System.Globalization;
using System.Security.Claims;

namespace NetworkPlatform.Platform.Http;

/// <summary>Who is asking: the subject of the verified access token, or the platform itself where there is no request.</summary>
public sealed class Caller(IHttpContextAccessor http)
{
    public const string SubjectClaim = "sub";
    public const string TenantClaim = "tenant";
    public const string RoleClaim = "roles";

    /// <summary>Ids of the chapters that the roles are limited to; none for the whole tenant.</summary>
    public const string ChapterClaim = "chapters";

    /// <summary>When the person last proved who they are, in seconds since 1970.</summary>
    public const string AuthenticatedAtClaim = "auth_time";

    /// <summary>Present where the sign-in holds in the token's tenant alone: it opens nothing that is the person's own in the whole network.</summary>
    public const string OnlyHereClaim = "only_here";

    /// <summary>Present where the roles hold for every tenant below the token's, too.</summary>
    public const string BelowClaim = "below";

    /// <summary>The token's <c>sub</c>; <c>anonymous</c> where a request has none, and <c>platform</c> for consumers and jobs.</summary>
    public string Subject => http.HttpContext is { } request ? request.User.FindFirstValue(SubjectClaim) ?? "anonymous" : "platform";

    /// <summary>The address that the request comes from; of IPv6, the network. Empty where there is no request.</summary>
    public string Site => http.HttpContext is { } request ? RateLimiting.SiteOf(request.Connection.RemoteIpAddress).ToString() : "";

    /// <summary>The person who is asking; null for an API client or the platform itself, whose subjects are no UUIDs.</summary>
    public Guid? PersonId => Guid.TryParseExact(Subject, "D", out var id) ? id : null;

    /// <summary>When the person who is asking last proved who they are; null for everybody else, and where their token does not say.</summary>
    public DateTimeOffset? AuthenticatedAt => long.TryParse(http.HttpContext?.User.FindFirstValue(AuthenticatedAtClaim), CultureInfo.InvariantCulture, out var seconds)
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : null;

    /// <summary>Whether one of the caller's roles has the permission, where an endpoint asks for more than its own.</summary>
    public bool May(Permission permission) => permission.GrantedTo.Any(Has);

    /// <summary>Why the caller asks for it: the <c>X-Reason</c> header of the request.</summary>
    internal string? Reason => http.HttpContext is { } context ? ReasonHeader.Of(context) : null;

    /// <summary>Whether the caller holds the role; the platform itself holds every one.</summary>
    public bool Has(string role) => http.HttpContext?.User.HasClaim(RoleClaim, role) ?? true;
}
