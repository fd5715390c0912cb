using System.Collections.Concurrent;

namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// What clocks on the wall show: from instants (UTC ticks) to local time (ticks since midnight of 0001-01-01 on the zone's clock) and
/// back, through the zone's rules, so that days of 23 and 25 hours come out right.
/// </summary>
internal static class LocalClock
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Zones = new(StringComparer.Ordinal);

    /// <summary>The zone of an IANA id. Finding it costs more than a whole rule, so it is remembered.</summary>
    public static TimeZoneInfo Zone(string id) => Zones.GetOrAdd(id, TimeZoneInfo.FindSystemTimeZoneById);

    public static long LocalAt(TimeZoneInfo zone, long instant) => instant + Offset(zone, instant);

    /// <summary>
    /// The first instant at which the zone's clock shows <paramref name="local"/> or later: the first pass of an hour that comes
    /// twice, and the moment of the change for an hour that is left out.
    /// </summary>
    public static long InstantOf(TimeZoneInfo zone, long local)
    {
        var before = Offset(zone, local - TimeSpan.TicksPerDay);
        var after = Offset(zone, local + TimeSpan.TicksPerDay);
        if (Offset(zone, local - before) == before)
        {
            return local - before;
        }

        if (Offset(zone, local - after) == after)
        {
            return local - after;
        }

        return ChangeBetween(zone, local - after, local - before)!.Value;
    }

    /// <summary>The instant after <paramref name="early"/>, <paramref name="late"/> at the latest, at which the clock is changed; null where it is not. It may be changed once at most.</summary>
    public static long? ChangeBetween(TimeZoneInfo zone, long early, long late)
    {
        var before = Offset(zone, early);
        if (Offset(zone, late) == before)
        {
            return null;
        }

        while (late - early > 1)
        {
            var middle = early + (late - early) / 2;
            (early, late) = Offset(zone, middle) == before ? (middle, late) : (early, middle);
        }

        return late;
    }

    /// <summary>An instant as it is reported; what lies outside the calendar is moved to its edge.</summary>
    public static DateTimeOffset Utc(long instant) => new(OnCalendar(instant), TimeSpan.Zero);

    public static long Offset(TimeZoneInfo zone, long instant) =>
        zone.GetUtcOffset(new DateTime(OnCalendar(instant), DateTimeKind.Utc)).Ticks;

    private static long OnCalendar(long instant) => Math.Clamp(instant, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
}
