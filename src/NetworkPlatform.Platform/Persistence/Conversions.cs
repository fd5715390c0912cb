using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Enums are stored under the names that the API uses.</summary>
internal sealed class KebabCaseEnum<TEnum>() : ValueConverter<TEnum, string>(
    value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()),
    text => Parse(text))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> ByName =
        Enum.GetValues<TEnum>().ToDictionary(v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()), StringComparer.Ordinal);

    private static TEnum Parse(string text) => ByName[text];
}

internal sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTimeOffset>(value => value.ToUniversalTime(), value => value);
