using System.Text.Json;

namespace NetworkPlatform.Rostering;

/// <summary>The kebab-case names by which the API speaks of an enum's values, for query strings, files and stored lists, which JSON's rules do not reach.</summary>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> ByName = Enum.GetValues<TEnum>().ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    internal static IReadOnlyList<string> All { get; } = [.. ByName.Keys];

    internal static string MustBeOne { get; } = $"Must be one of {string.Join(", ", All)}.";

    internal static string Of(TEnum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Null for what is no name.</summary>
    internal static TEnum? Parse(string? name) => name is not null && ByName.TryGetValue(name, out var value) ? value : null;
}
