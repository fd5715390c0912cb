using System.Globalization;

namespace NetworkPlatform.Identity.Account;

/// <summary>The languages that pages and letters are written in.</summary>
internal static class PageLanguages
{
    internal const string Cookie = "language";

    /// <summary>By their own names, so that everybody finds theirs.</summary>
    internal static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "English",
        ["he"] = "עברית",
        ["fr"] = "Français",
        ["ru"] = "Русский",
    };

    /// <summary>What the visitor asked for just now or before, their own, their browser's, the tenant's: the first of these that there is.</summary>
    internal static CultureInfo Choose(HttpContext http, string? ofPerson, string ofTenant)
    {
        var asked = Known(http.Request.Query["culture"].FirstOrDefault());
        if (asked is not null)
        {
            http.Response.Cookies.Append(Cookie, asked, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
        }

        var browsers = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.Value));
        IEnumerable<string?> wishes = [asked, Known(http.Request.Cookies[Cookie]), Known(ofPerson), .. browsers];
        return Culture(wishes.FirstOrDefault(w => w is not null) ?? ofTenant);
    }

    /// <summary>English where the language is none of ours.</summary>
    internal static CultureInfo Culture(string? tag) => CultureInfo.GetCultureInfo(Known(tag) ?? "en");

    private static string? Known(string? tag)
    {
        var language = tag?.Split('-')[0].ToLowerInvariant() switch
        {
            "iw" => "he", // what some systems still call it
            var other => other,
        };
        return language is not null && All.ContainsKey(language) ? language : null;
    }
}

/// <summary>The headers of every page.</summary>
internal static class PageHeaders
{
    private const string FormsStayHere = "; form-action 'self'";

    /// <summary>For a page whose form leads to the tenant's identity provider.</summary>
    internal static void LetFormsLeadAway(HttpContext http) =>
        http.Response.Headers.ContentSecurityPolicy = http.Response.Headers.ContentSecurityPolicy.ToString().Replace(FormsStayHere, "", StringComparison.Ordinal);

    internal static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;

        // A page that leads back to a client must be able to: browsers apply form-action to where a form's answer leads, too.
        var forms = http.Request.Query.ContainsKey("returnUrl") ? "" : FormsStayHere;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'{forms}";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin"; // addresses of pages may hold what only their reader should
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
