using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Availability;

/// <summary>From and until by the wall clock; until 00:00 is the day's end.</summary>
internal sealed record HoursOfDay(TimeOnly From, TimeOnly Until)
{
    internal bool IsPossible => Until == TimeOnly.MinValue || From < Until;
}

/// <summary>Hours that come back every week.</summary>
internal sealed record WeeklyHours(DayOfWeek Day, TimeOnly From, TimeOnly Until)
{
    internal HoursOfDay Hours => new(From, Until);
}

/// <summary>A date on which other hours hold than every week; none for not at all.</summary>
internal sealed record DateException(DateOnly Date, IReadOnlyList<HoursOfDay> Hours);

/// <summary>Dates away, the last included. Nothing else holds then.</summary>
internal sealed record TimeOff(DateOnly From, DateOnly Until);

/// <summary>A stretch of time.</summary>
internal sealed record FreeTime(DateTimeOffset From, DateTimeOffset Until);

/// <summary>When somebody can help, by their own wall clock: hours of the week, dates with other hours, and time off, the latter before the former.</summary>
internal sealed record AvailabilityPattern(IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<DateException> Exceptions, IReadOnlyList<TimeOff> TimeOff)
{
    /// <summary>Of who has said nothing: any time.</summary>
    internal static AvailabilityPattern Always { get; } = new([.. Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours(day, TimeOnly.MinValue, TimeOnly.MinValue))], [], []);

    /// <summary>
    /// The free time between two instants, in order, what touches as one. An hour that a clock skips is not there, one that it shows twice is there twice, except that hours that begin or end
    /// within it do so at its first pass.
    /// </summary>
    internal IReadOnlyList<FreeTime> Between(DateTimeOffset from, DateTimeOffset until, string timeZone)
    {
        var zone = LocalClock.Zone(timeZone);
        List<FreeTime> free = [];

        // A day more at both ends: a day's hours reach past its midnight by at most the longest change of a clock.
        var last = until.DateIn(zone).AddDays(1);
        for (var date = from.DateIn(zone).AddDays(-1); date <= last; date = date.AddDays(1))
        {
            foreach (var hours in HoursOn(date).OrderBy(h => h.From))
            {
                var begins = Later(from, Instant(date, hours.From.Ticks, zone));
                var ends = Earlier(until, Instant(date, hours.Until == TimeOnly.MinValue ? TimeSpan.TicksPerDay : hours.Until.Ticks, zone));
                if (begins >= ends)
                {
                    continue;
                }

                if (free is [.., var previous] && begins <= previous.Until)
                {
                    free[^1] = previous with { Until = Later(previous.Until, ends) };
                }
                else
                {
                    free.Add(new FreeTime(begins, ends));
                }
            }
        }

        return free;
    }

    private IEnumerable<HoursOfDay> HoursOn(DateOnly date)
    {
        if (TimeOff.Any(t => t.From <= date && date <= t.Until))
        {
            return [];
        }

        return Exceptions.FirstOrDefault(e => e.Date == date)?.Hours ?? Weekly.Where(w => w.Day == date.DayOfWeek).Select(w => w.Hours);
    }

    private static DateTimeOffset Instant(DateOnly date, long ticks, TimeZoneInfo zone) => LocalClock.Utc(LocalClock.InstantOf(zone, date.ToDateTime(TimeOnly.MinValue).Ticks + ticks));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
