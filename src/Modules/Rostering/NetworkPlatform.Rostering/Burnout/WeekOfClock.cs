namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// A zone's clock for one instant after the other: a clock that is as far from UTC at the end of a week as at its start was so all along (no zone's is
/// changed and changed back within one), and is not asked again until the next week. It is asked for each instant in a week in which it is changed.
/// </summary>
internal sealed class WeekOfClock(string timeZone)
{
    public const long Week = 7 * TimeSpan.TicksPerDay;

    private readonly TimeZoneInfo zone = LocalClock.Zone(timeZone);
    private long week = -1;
    private long? offset;

    public string TimeZone => timeZone;

    /// <summary><see cref="LocalClock.LocalAt"/>.</summary>
    public long LocalAt(long instant)
    {
        if (instant / Week != week)
        {
            week = instant / Week;
            var atStart = LocalClock.Offset(zone, week * Week);
            offset = atStart == LocalClock.Offset(zone, (week + 1) * Week) ? atStart : null;
        }

        return instant + (offset ?? LocalClock.Offset(zone, instant));
    }
}
