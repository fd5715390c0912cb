using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>When a mail may go, by the reader's own wall clock.</summary>
internal static class Timing
{
    /// <summary>The instant itself, or when the quiet hours that it falls into end, be it that a clock is set back to before them.</summary>
    internal static DateTimeOffset AfterQuietHours(TimeOnly from, TimeOnly until, string timeZone, DateTimeOffset at)
    {
        if (!IsQuiet(at))
        {
            return at;
        }

        // A clock that is changed on the way may show times again, or skip those between two quiet hours: from there on it is asked anew.
        var end = Next(until, timeZone, at);
        return LocalClock.ChangeBetween(LocalClock.Zone(timeZone), at.UtcTicks, end.UtcTicks) is { } change
            ? AfterQuietHours(from, until, timeZone, LocalClock.Utc(change))
            : end;

        bool IsQuiet(DateTimeOffset instant)
        {
            var time = TimeOnly.FromDateTime(LocalTime(instant, timeZone));
            return from <= until ? time >= from && time < until : time >= from || time < until;
        }
    }

    /// <summary>The first instant after this one at which the clock shows the time, or has just passed it by skipping an hour.</summary>
    internal static DateTimeOffset Next(TimeOnly time, string timeZone, DateTimeOffset after)
    {
        var zone = LocalClock.Zone(timeZone);
        var now = LocalTime(after, timeZone);
        if (TimeOnly.FromDateTime(now) < time)
        {
            var today = LocalClock.Utc(LocalClock.InstantOf(zone, now.Date.Ticks + time.Ticks));

            // In the second pass of an hour that comes twice, the first pass of the time is over, and the second is to come.
            return today > after ? today : after + (time - TimeOnly.FromDateTime(now));
        }

        return LocalClock.Utc(LocalClock.InstantOf(zone, now.Date.AddDays(1).Ticks + time.Ticks));
    }

    private static DateTime LocalTime(DateTimeOffset instant, string timeZone) => TimeZoneInfo.ConvertTime(instant, LocalClock.Zone(timeZone)).DateTime;
}
