using System.Globalization;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>A zone's offsets over a period as a VTIMEZONE (RFC 5545, 3.6.5): each change by itself, so that it holds for rules that differ from year to year.</summary>
internal static class TimeZoneText
{
    internal const string LocalForm = "yyyyMMdd'T'HHmmss";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    internal static IEnumerable<string> Write(string id, DateTimeOffset from, DateTimeOffset until)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var begins = from - Day - Day;
        yield return "BEGIN:VTIMEZONE";
        yield return $"TZID:{id}";
        foreach (var (at, before) in Changes(zone, begins, until + Day).Prepend((At: begins, Before: zone.GetUtcOffset(begins))))
        {
            var kind = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
            yield return $"BEGIN:{kind}";
            yield return $"DTSTART:{(at.UtcDateTime + before).ToString(LocalForm, CultureInfo.InvariantCulture)}";
            yield return $"TZOFFSETFROM:{Offset(before)}";
            yield return $"TZOFFSETTO:{Offset(zone.GetUtcOffset(at))}";
            yield return $"END:{kind}";
        }

        yield return "END:VTIMEZONE";
    }

    /// <summary>Whether the zone's clock shows the same time at another instant, too.</summary>
    internal static bool IsShownTwice(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(instant);
        return new[] { zone.GetUtcOffset(instant - Day), zone.GetUtcOffset(instant + Day) }
            .Any(other => other != offset && zone.GetUtcOffset(instant + (offset - other)) == other);
    }

    /// <summary>When the offset changes, to the second, and what it was before.</summary>
    private static IEnumerable<(DateTimeOffset At, TimeSpan Before)> Changes(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        for (var day = from; day < until; day += Day)
        {
            var before = zone.GetUtcOffset(day);
            if (zone.GetUtcOffset(day + Day) == before)
            {
                continue;
            }

            var (early, late) = (day, day + Day);
            while (late - early > TimeSpan.FromSeconds(1))
            {
                var middle = early + TimeSpan.FromSeconds(Math.Floor((late - early).TotalSeconds / 2));
                (early, late) = zone.GetUtcOffset(middle) == before ? (middle, late) : (early, middle);
            }

            yield return (late, before);
        }
    }

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
