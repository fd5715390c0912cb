using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// The members of one row, read field by field under the feed's own names, and the problems met on the way. Null and blank
/// text count as absent. A field of the wrong JSON type, too long, or with text that is no Unicode rejects the row.
/// </summary>
internal sealed class MeetingGuideFields
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<RowProblem> _problems = [];
    private readonly List<RowProblem> _reviews = [];

    internal MeetingGuideFields(JsonElement row)
    {
        foreach (var member in row.EnumerateObject())
        {
            if (NameOf(member) is { } name)
            {
                _members[name] = member.Value;
            }
        }
    }

    internal IReadOnlyList<RowProblem> Problems => _problems;

    internal IReadOnlyList<RowProblem> Reviews => _reviews;

    /// <summary>The row cannot be taken, because of this field.</summary>
    internal void Reject(string field, string message) => _problems.Add(new RowProblem(field, message));

    /// <summary>The row can be taken, but a person should look at this field.</summary>
    internal void Review(string field, string message) => _reviews.Add(new RowProblem(field, message));

    internal JsonElement? Member(string field) =>
        _members.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Text on one line, trimmed, of at most so many UTF-16 units; null where absent or rejected.</summary>
    internal string? Line(string field, int limit) => Text(field, limit, keepsLines: false);

    /// <summary>Text that may have several lines.</summary>
    internal string? Lines(string field, int limit) => Text(field, limit, keepsLines: true);

    /// <summary>A line that must be there.</summary>
    internal string? RequiredLine(string field, int limit, bool mayBeWholeNumber = false)
    {
        var known = _problems.Count;
        var text = mayBeWholeNumber ? LineOrWholeNumber(field, limit) : Line(field, limit);
        if (text is null && _problems.Count == known)
        {
            Reject(field, $"is missing; it must be text of 1 to {limit} characters");
        }

        return text;
    }

    /// <summary>A line, which a feed may also give as a number: 1234 is "1234".</summary>
    internal string? LineOrWholeNumber(string field, int limit) =>
        Member(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : Line(field, limit);

    /// <summary>Degrees, as a number or as text; a value that is neither, or is out of range, is for review and dropped.</summary>
    internal decimal? Degrees(string field, int most)
    {
        if (Member(field) is not { } member)
        {
            return null;
        }

        string? text = null;
        if (member.ValueKind != JsonValueKind.Number && (text = Line(field, 255)) is null)
        {
            return null;
        }

        var isNumber = text is null
            ? member.TryGetDecimal(out var degrees)
            : decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees);
        if (isNumber && Math.Abs(degrees) <= most)
        {
            return Math.Round(degrees, 6);
        }

        Review(field, $"is not a number from -{most} to {most}; the position was left out");
        return null;
    }

    /// <summary>The text of one value of a field, or null after rejecting it. Also for the elements of a list.</summary>
    internal string? TextOf(string field, JsonElement value, bool keepsLines = false)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Reject(field, $"is or holds {Kind(value)} where text is expected");
            return null;
        }

        try
        {
            return Tidy(value.GetString()!, keepsLines);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What System.Text.Json throws for an escaped half of a surrogate pair, and normalising for U+FFFE.
            Reject(field, "holds half a character (a lone surrogate) or what is none (U+FFFE); it must be Unicode text");
            return null;
        }
    }

    /// <summary>Text as it may be stored: without contacts (see <see cref="MeetingGuidePrivacy"/>); a review where it had any.</summary>
    internal string? Public(string field, string? text, bool isAddress = false)
    {
        if (text is null)
        {
            return null;
        }

        var (scrubbed, hadContact) = MeetingGuidePrivacy.Scrub(text, isAddress);
        if (hadContact)
        {
            Review(field, "held an e-mail address, phone number or payment handle, which was taken out; check it for names too");
        }

        return scrubbed;
    }

    internal static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        _ => "null",
    };

    private string? Text(string field, int limit, bool keepsLines)
    {
        if (Member(field) is not { } member || TextOf(field, member, keepsLines) is not { Length: > 0 } text)
        {
            return null;
        }

        if (text.Length <= limit)
        {
            return text;
        }

        Reject(field, $"has {text.Length} characters; at most {limit} are allowed");
        return null;
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name: no member that is read has such a name.
            return null;
        }
    }

    // One text for one meaning, so that fingerprints are stable; and no control characters, which PostgreSQL's text refuses (NUL).
    private static string Tidy(string text, bool keepsLines)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var unit in text.Normalize().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'))
        {
            var isSpace = char.IsWhiteSpace(unit) && !(keepsLines && unit == '\n');
            if (isSpace)
            {
                _ = tidy.Length > 0 && tidy[^1] is not ' ' and not '\n' ? tidy.Append(' ') : tidy;
            }
            else if (unit == '\n' || !char.IsControl(unit))
            {
                tidy.Length -= unit == '\n' && tidy.Length > 0 && tidy[^1] == ' ' ? 1 : 0;
                tidy.Append(unit);
            }
        }

        return tidy.ToString().Trim();
    }
}
