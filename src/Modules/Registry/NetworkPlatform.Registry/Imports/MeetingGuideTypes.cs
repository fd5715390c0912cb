using System.Text.Json;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Reads "types", a list of codes or one text with commas, and maps the codes that say something about languages or access to
/// our own words. Codes: code4recovery/spec, data/types.json, plus the ISO 639-1 codes that real feeds use in place of some
/// (ES for S, RU for RUS and so on), where the specification does not use them for something else (TR is a step study).
/// </summary>
/// <param name="Codes">All codes, upper case, distinct, sorted.</param>
/// <param name="Languages">BCP 47 primary languages, sorted.</param>
/// <param name="Accessibility">
/// wheelchair, wheelchair-restroom, asl (American Sign Language), childcare, child-friendly, fragrance-free; sorted.
/// </param>
internal sealed record MeetingGuideTypes(
    IReadOnlyList<string> Codes, IReadOnlyList<string> Languages, IReadOnlyList<string> Accessibility)
{
    private const int LongestCode = 32;
    private const int MostCodes = 100;

    private static readonly Dictionary<string, string> _languages = new(StringComparer.Ordinal)
    {
        ["S"] = "es",
        ["ITA"] = "it",
        ["KOR"] = "ko",
        ["POL"] = "pl",
        ["POR"] = "pt",
        ["PUN"] = "pa",
        ["RUS"] = "ru",
        ["TUR"] = "tr",
    };

    private static readonly HashSet<string> _languagesByTheirOwnCode = new(StringComparer.Ordinal)
    {
        "AF", "AM", "AR", "BG", "DA", "DE", "EL", "EN", "ES", "FA", "FI", "FR", "HE", "HI", "HR", "HU", "IS", "IT", "JA", "KA", "KO",
        "LT", "ML", "MT", "NE", "NL", "NO", "PA", "PL", "PT", "RU", "SK", "SL", "SV", "TH", "TL", "UK",
    };

    private static readonly Dictionary<string, string> _accessibility = new(StringComparer.Ordinal)
    {
        ["X"] = "wheelchair",
        ["XB"] = "wheelchair-restroom",
        ["ASL"] = "asl",
        ["BA"] = "childcare",
        ["CF"] = "child-friendly",
        ["FF"] = "fragrance-free",
    };

    /// <summary>The venue is closed for the time being.</summary>
    internal bool IsTemporarilyClosed => Codes.Contains("TC", StringComparer.Ordinal);

    /// <summary>Online; not in the specification's list, but in most real feeds.</summary>
    internal bool SaysOnline => Codes.Contains("ONL", StringComparer.Ordinal);

    internal static MeetingGuideTypes Read(MeetingGuideFields fields)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var code in Values(fields).Where(code => code.Length > 0))
        {
            if (code.Length > LongestCode)
            {
                fields.Reject("types", $"holds a code of {code.Length} characters; at most {LongestCode} are allowed");
            }

            codes.Add(code.ToUpperInvariant());
        }

        return new MeetingGuideTypes([.. codes], Mapped(codes, Language), Mapped(codes, _accessibility.GetValueOrDefault));
    }

    private static string[] Values(MeetingGuideFields fields)
    {
        if (fields.Member("types") is not { } member)
        {
            return [];
        }

        // Counted before a single one is looked at: a file is all that limits how many there may be.
        var isList = member.ValueKind == JsonValueKind.Array;
        var parts = isList ? [] : fields.TextOf("types", member)?.Split(',', MostCodes + 1, StringSplitOptions.TrimEntries) ?? [];
        if (Math.Max(parts.Length, isList ? member.GetArrayLength() : 0) > MostCodes)
        {
            fields.Reject("types", $"holds too many codes; at most {MostCodes} are allowed");
            return [];
        }

        return isList ? [.. member.EnumerateArray().Where(IsThere).Select(value => fields.TextOf("types", value)).OfType<string>()] : parts;
    }

    private static bool IsThere(JsonElement value) => value.ValueKind != JsonValueKind.Null;

    private static string? Language(string code) =>
        _languages.GetValueOrDefault(code) ?? (_languagesByTheirOwnCode.Contains(code) ? code.ToLowerInvariant() : null);

    private static string[] Mapped(IEnumerable<string> codes, Func<string, string?> map) =>
        [.. codes.Select(map).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
