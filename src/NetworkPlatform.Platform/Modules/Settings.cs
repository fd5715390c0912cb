namespace NetworkPlatform.Platform.Modules;

internal static class Settings
{
    /// <summary>The setting, without which the host cannot work.</summary>
    /// <exception cref="InvalidOperationException">It is missing or empty.</exception>
    internal static string Require(this IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The setting {key} is missing.");
}
