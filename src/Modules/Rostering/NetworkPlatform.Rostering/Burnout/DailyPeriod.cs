using System.Runtime.InteropServices;

namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// A part of every local day, in ticks after its midnight; a night reaches beyond 24 h. The day's number (that of
/// <see cref="DateOnly.DayNumber"/>) names the day on which the part begins.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DailyPeriod(long From, long To)
{
    // Zones lie between UTC-12 and UTC+14.
    private const long WidestOffset = 14 * TimeSpan.TicksPerHour;

    // Clocks are changed by an hour or two, or by less.
    private const long LargestChange = 2 * TimeSpan.TicksPerHour;

    /// <summary>The whole local date.</summary>
    public static DailyPeriod Day { get; } = new(0, TimeSpan.TicksPerDay);

    /// <summary>The night, from its start on one date to its end, which is on the next date unless it is later than the start.</summary>
    public static DailyPeriod Night(BurnoutPolicy policy)
    {
        var (from, to) = (policy.NightStart.Ticks, policy.NightEnd.Ticks);
        return new DailyPeriod(from, to > from ? to : to + TimeSpan.TicksPerDay);
    }

    /// <summary>
    /// The days whose period a duty touches, as numbers of the first and the last; last before first is none. The end is not part of
    /// the duty: one that ends at midnight does not touch the next date.
    /// </summary>
    public (int First, int Last) TouchedBy(TimeZoneInfo zone, long start, long end)
    {
        var local = LocalClock.LocalAt(zone, start);
        var localLast = LocalClock.LocalAt(zone, end - 1);

        // A clock that is set back during the duty may show an earlier time at its end than at its start.
        return Touched(Math.Min(local, localLast), Math.Max(local, localLast));
    }

    /// <summary>The same of a duty by what its own clock shows, at the least and at the most.</summary>
    public (int First, int Last) Touched(long low, long high) => ((int)FloorDay(low - To) + 1, (int)FloorDay(high - From));

    public bool IsTouchedBy(Duty duty, int day)
    {
        var (first, last) = TouchedBy(LocalClock.Zone(duty.TimeZone), duty.StartsAt.UtcTicks, duty.EndsAt.UtcTicks);
        return first <= day && day <= last;
    }

    /// <summary>The instants between which the period of a day lies, in whatever zone.</summary>
    public (long From, long To) Widest(int day) =>
        (day * TimeSpan.TicksPerDay + From - WidestOffset, day * TimeSpan.TicksPerDay + To + WidestOffset);

    /// <summary>No duty longer than this touches so few days' periods, wherever it lies; days vary by the change of the clocks.</summary>
    public long LongestTouching(int days) => (days + 1) * TimeSpan.TicksPerDay - (To - From) + LargestChange;

    public long Begins(TimeZoneInfo zone, int day) => LocalClock.InstantOf(zone, day * TimeSpan.TicksPerDay + From);

    public long Ends(TimeZoneInfo zone, int day) => LocalClock.InstantOf(zone, day * TimeSpan.TicksPerDay + To);

    private static long FloorDay(long local) =>
        local >= 0 ? local / TimeSpan.TicksPerDay : (local + 1) / TimeSpan.TicksPerDay - 1;
}
