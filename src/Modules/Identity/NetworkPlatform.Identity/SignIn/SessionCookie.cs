using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>The cookie that names a <see cref="SignInSession"/>. It proves nothing by itself: the row says whether the session lives. The API never looks at it.</summary>
internal static class SessionCookie
{
    internal const string Scheme = "Session";

    /// <summary>Holds who has given the password, until the second factor is given too.</summary>
    internal const string HalfWayScheme = "HalfWay";

    internal const string NetworkClaim = "network";
    internal const string SessionClaim = "sid";
    internal const string StampClaim = "stamp";

    /// <summary>Slug of the tenant through which the person came. Not the claim of access tokens, since it grants nothing.</summary>
    internal const string CameThroughClaim = "came-through";

    internal static readonly TimeSpan HalfWayLifetime = TimeSpan.FromMinutes(10);

    internal static Task Set(HttpContext http, Guid personId, Guid sessionId, TenantInfo tenant) => http.SignInAsync(Scheme, Principal(
        Scheme, personId, (NetworkClaim, tenant.NetworkId.ToString()), (SessionClaim, sessionId.ToString()), (CameThroughClaim, tenant.Identifier)));

    internal static Task SetHalfWay(HttpContext http, Guid personId, string securityStamp, TenantInfo tenant) => http.SignInAsync(HalfWayScheme, Principal(
        HalfWayScheme, personId, (NetworkClaim, tenant.NetworkId.ToString()), (StampClaim, securityStamp), (CameThroughClaim, tenant.Identifier)));

    /// <summary>Who has given the password in this browser, in the tenant's network; null where nobody has, or it is too long ago.</summary>
    internal static async Task<(Guid PersonId, string SecurityStamp)?> FindHalfWay(HttpContext http, TenantInfo tenant) =>
        (await http.AuthenticateAsync(HalfWayScheme)).Principal is { } principal && principal.FindFirstValue(NetworkClaim) == tenant.NetworkId.ToString()
            ? (Guid.Parse(principal.FindFirstValue(Caller.SubjectClaim)!), principal.FindFirstValue(StampClaim)!)
            : null;

    /// <summary>The session's person as a command's caller, for the audit log. It holds no roles.</summary>
    internal static ClaimsPrincipal AsCaller(SignInSession session) => Principal(Scheme, session.PersonId);

    private static ClaimsPrincipal Principal(string scheme, Guid personId, params (string Type, string Value)[] claims) => new(new ClaimsIdentity(
        [new Claim(Caller.SubjectClaim, personId.ToString()), .. claims.Select(c => new Claim(c.Type, c.Value))], scheme, Caller.SubjectClaim, Caller.RoleClaim));
}

internal sealed class SessionCookieOptions(TokenSettings settings) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        var cookie = name == SessionCookie.Scheme ? "session" : "half-way";
        options.Cookie.Name = settings.IsHttps ? $"__Host-{cookie}" : cookie;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Lax; // Strict would lose the session on the way from a client's authorization request
        options.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        options.ExpireTimeSpan = name == SessionCookie.Scheme ? SignInSession.Lifetime : SessionCookie.HalfWayLifetime;
        options.SlidingExpiration = false;
    }
}
