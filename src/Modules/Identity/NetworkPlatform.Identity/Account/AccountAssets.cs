using System.Globalization;
using System.Security.Cryptography;

namespace NetworkPlatform.Identity.Account;

/// <summary>The style sheet and the script of the pages; both are files, so that nothing inline need be allowed.</summary>
internal static class AccountAssets
{
    private const double DarkEnough = 0.18; // relative luminance at which white text has a contrast of 4.5 : 1

    private static readonly Dictionary<string, byte[]> Files = All.ToDictionary(a => a.Name, a => Read(a.Name), StringComparer.Ordinal);

    internal static IReadOnlyList<(string Name, string Type)> All => [("account.css", "text/css; charset=utf-8"), ("passkeys.js", "text/javascript; charset=utf-8")];

    /// <summary>Changes with the file, so that browsers may keep it for good.</summary>
    internal static string Address(string name) => $"/account/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Files[name]).AsSpan(0, 6))}";

    /// <summary>Changes with the colour, so that no browser shows a former one.</summary>
    internal static string ColoursOf(TenantInfo tenant) => $"/account/assets/colours.css?tenant={tenant.Identifier}&v={tenant.BrandColor?.TrimStart('#')}";

    internal static Task Send(HttpContext http, string name, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return http.Response.Body.WriteAsync(Files[name]).AsTask();
    }

    /// <summary>The tenant's colour, darkened until white text on it can be read.</summary>
    internal static Task Colours(HttpContext http, TenantContext tenant)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        http.Response.Headers.CacheControl = "private, max-age=300";
        return http.Response.WriteAsync(tenant.Tenant.BrandColor is { Length: 7 } color ? $":root {{ --brand: {Readable(color)}; }}\n" : "");
    }

    internal static string Readable(string color)
    {
        double[] rgb = [.. Enumerable.Range(0, 3).Select(i => (double)int.Parse(color.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        while (Luminance(rgb) > DarkEnough)
        {
            rgb = [.. rgb.Select(c => c * 0.95)];
        }

        return "#" + string.Concat(rgb.Select(c => ((int)c).ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>WCAG 2's relative luminance.</summary>
    private static double Luminance(double[] rgb)
    {
        double[] linear = [.. rgb.Select(c => c / 255).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(AccountAssets).Assembly.GetManifestResourceStream($"account/{name}")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
