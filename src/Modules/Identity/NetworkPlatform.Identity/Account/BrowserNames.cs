namespace NetworkPlatform.Identity.Account;

/// <summary>What people call the browser that a session is in. Browsers name their predecessors too, so the order matters.</summary>
internal static class BrowserNames
{
    private static readonly (string Part, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Part, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    internal static string Of(string? userAgent) => string.Join(" · ", new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>()) is { Length: > 0 } name
        ? name
        : userAgent is { Length: > 0 } ? userAgent : "?";

    private static string? Find((string Part, string Name)[] names, string? userAgent) =>
        Array.Find(names, n => userAgent?.Contains(n.Part, StringComparison.Ordinal) == true).Name;
}
