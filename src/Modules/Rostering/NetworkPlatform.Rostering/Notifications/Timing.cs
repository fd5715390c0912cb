using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>When a mail may go, by the reader's own wall clock.</summary>
internal static class Timing
{
    /// <summary>The instant itself, or the end of the quiet hours that it falls into.</summary>
    internal static DateTimeOffset AfterQuietHours(TimeOnly from, TimeOnly until, string timeZone, DateTimeOffset at)
    {
        var clock = LocalTime(at, timeZone);
        var time = TimeOnly.FromDateTime(clock);
        var isQuiet = from <= until ? time >= from && time < until : time >= from || time < until;
        return isQuiet ? Next(until, timeZone, at) : at;
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
