using System.Text.RegularExpressions;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Where an answer may be sent (RFC 9700 §2.1, RFC 8252 §7): exactly where the client registered, but for the port on loopback, which a native application cannot know.</summary>
internal static partial class RedirectUris
{
    internal const int Most = 20;
    internal const int MaxLength = 1000;

    /// <summary>https; http on loopback; for native applications a scheme of their own, by their reversed domain name, too. No fragment, no user, no pattern.</summary>
    internal static bool MayBeRegistered(string? text, ClientKind kind) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAny('#', '*', '\\') && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (IsSafe(uri) || (kind == ClientKind.Native && uri.Scheme.Contains('.', StringComparison.Ordinal) && text.StartsWith(uri.Scheme + ":/", StringComparison.Ordinal)));

    /// <summary>Whether the address is https, or http that never leaves the machine.</summary>
    internal static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    internal static bool Contains(IEnumerable<string> registered, string given) => registered.Any(uri => uri == given || (WithoutPort(uri) is { } loopback && loopback == WithoutPort(given)));

    private static string? WithoutPort(string uri) => Loopback().Match(uri) is { Success: true } match ? match.Groups["host"].Value + match.Groups["rest"].Value : null;

    [GeneratedRegex(@"^(?<host>http://(127\.0\.0\.1|\[::1\]))(:\d{1,5})?(?<rest>[/?].*)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Loopback();
}
