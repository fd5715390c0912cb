using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Providers;

/// <summary>What a browser must bring back from the provider, and to whom it was sent.</summary>
/// <param name="Verifier">RFC 7636.</param>
/// <param name="InvitationId">What is accepted by it: the browser has shown the link of its letter.</param>
internal sealed record PendingSignIn(Guid TenantId, string Issuer, string State, string Nonce, string Verifier, string? ReturnUrl, Guid? InvitationId);

/// <summary>Keeps a sign-in at a provider in a cookie of the browser that began it: nobody else can end it, and it ends once.</summary>
internal sealed class ExternalSignIns(IDataProtectionProvider protection, TokenSettings settings)
{
    internal const string CallbackPath = "/account/external/callback";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("external sign-in").ToTimeLimitedDataProtector();

    /// <summary>One for all tenants: which it is, the cookie knows.</summary>
    internal string RedirectUri => settings.Issuer + CallbackPath;

    private string CookieName => settings.IsHttps ? "__Host-external" : "external";

    internal PendingSignIn Begin(HttpContext http, Guid tenantId, string issuer, string? returnUrl, Guid? invitationId)
    {
        var pending = new PendingSignIn(tenantId, issuer, Random(), Random(), Random(), returnUrl, invitationId);
        http.Response.Cookies.Append(CookieName, protector.Protect(JsonSerializer.Serialize(pending), Lifetime), Options(Lifetime));
        return pending;
    }

    /// <summary>Null where this browser has begun none, too long ago, or has ended it.</summary>
    internal PendingSignIn? End(HttpContext http)
    {
        var text = http.Request.Cookies[CookieName];
        http.Response.Cookies.Delete(CookieName, Options(null));
        try
        {
            return text is { Length: > 0 } ? JsonSerializer.Deserialize<PendingSignIn>(protector.Unprotect(text)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private CookieOptions Options(TimeSpan? maxAge) => new()
    {
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax, // it comes back from another site
        Secure = settings.IsHttps,
        MaxAge = maxAge,
    };

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
