using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NetworkPlatform.Registry.Imports;

/// <summary>Reads when a meeting takes place: day, time, end_time and timezone.</summary>
internal static class MeetingGuideTimes
{
    private const int AssumedMinutes = 60;
    private const int LongestUsualMinutes = 8 * 60;
    private const string DaysAllowed = "allowed are 0 (Sunday) to 6 (Saturday), one or a list";
    private const string TimesAllowed = "allowed are times such as 19:30 or 7:30 PM";

    private static readonly Regex _time = new(
        "^(?<hour>[0-9]{1,2}):(?<minute>[0-5][0-9])(:[0-5][0-9])?( ?(?<half>[ap])m)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private static readonly Regex _looksLikeATime = new("^[0-9]{1,3}:[0-9]{1,3}$", RegexOptions.NonBacktracking);

    /// <summary>The days of "day": a number or numeric text from 0 (Sunday) to 6, or a list of such. Empty when rejected.</summary>
    internal static IReadOnlyList<DayOfWeek> Days(MeetingGuideFields fields)
    {
        if (fields.Member("day") is not { } member)
        {
            fields.Reject("day", $"is missing; a weekly meeting needs one: {DaysAllowed}");
            return [];
        }

        JsonElement[] values = member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray()] : [member];
        if (values.Length == 0)
        {
            fields.Reject("day", $"is an empty list; {DaysAllowed}");
        }

        var days = new SortedSet<DayOfWeek>();
        foreach (var value in values)
        {
            if (WholeNumber(value) is { } number and >= 0 and <= 6)
            {
                days.Add((DayOfWeek)number);
            }
            else
            {
                // One is enough: a list may hold millions.
                fields.Reject("day", $"is or holds {Shown(value)}; {DaysAllowed}");
                break;
            }
        }

        return [.. days];
    }

    /// <summary>The local start of "time", on 24 or 12 hours; seconds are dropped. Null when rejected.</summary>
    internal static TimeOnly? Start(MeetingGuideFields fields)
    {
        if (fields.Member("time") is not { } member)
        {
            fields.Reject("time", $"is missing; {TimesAllowed}");
            return null;
        }

        if (fields.TextOf("time", member) is not { } text)
        {
            return null;
        }

        var time = Time(text);
        if (time is null)
        {
            var shown = text.Length == 0 ? "empty" : _looksLikeATime.IsMatch(text) ? $"{text}, which is no time of day" : "not a time";
            fields.Reject("time", $"is {shown}; {TimesAllowed}");
        }

        return time;
    }

    /// <summary>
    /// Wall-clock minutes from the start to "end_time". An end at or before the start is on the next day. No end is one hour, and
    /// no review: most feeds lack it, so that every row would need one. An unreadable end is one hour with a review, and so is
    /// more than eight hours kept with a review.
    /// </summary>
    internal static int Minutes(MeetingGuideFields fields, TimeOnly? start)
    {
        if (fields.Member("end_time") is not { } member || fields.TextOf("end_time", member) is not { Length: > 0 } text)
        {
            return AssumedMinutes;
        }

        if (Time(text) is not { } end)
        {
            fields.Review("end_time", $"is not a time, one hour is assumed; {TimesAllowed}");
            return AssumedMinutes;
        }

        if (start is not { } from)
        {
            return AssumedMinutes;
        }

        var minutes = (int)(end.ToTimeSpan() - from.ToTimeSpan()).TotalMinutes;
        minutes += minutes <= 0 ? 24 * 60 : 0;
        if (minutes > LongestUsualMinutes)
        {
            fields.Review("end_time", $"makes the meeting {minutes} minutes long; more than {LongestUsualMinutes} is unusual");
        }

        return minutes;
    }

    /// <summary>The IANA zone of "timezone", or null for the import's default. Windows names are not accepted.</summary>
    internal static string? Zone(MeetingGuideFields fields)
    {
        if (fields.Line("timezone", 64) is not { } name)
        {
            return null;
        }

        if (ValidationRules.IsIanaTimeZone(name))
        {
            return name;
        }

        fields.Reject("timezone", "is not a zone of the IANA database; allowed are names such as America/New_York");
        return null;
    }

    private static TimeOnly? Time(string text)
    {
        var match = _time.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture);
        if (!match.Groups["half"].Success)
        {
            return hour <= 23 ? new TimeOnly(hour, minute) : null;
        }

        var isAfternoon = match.Groups["half"].ValueSpan is "p" or "P";
        return hour is >= 1 and <= 12 ? new TimeOnly((hour % 12) + (isAfternoon ? 12 : 0), minute) : null;
    }

    private static int? WholeNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt32(out var number) ? number : null,
        JsonValueKind.String => int.TryParse(Raw(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null,
        _ => null,
    };

    private static string Shown(JsonElement value) =>
        WholeNumber(value) is { } number and > -100 and < 100
            ? number.ToString(CultureInfo.InvariantCulture)
            : MeetingGuideFields.Kind(value);

    // Without unescaping, which fails on lone surrogates: digits need no escape.
    private static string Raw(JsonElement text) => text.GetRawText().Trim('"').Trim();
}
