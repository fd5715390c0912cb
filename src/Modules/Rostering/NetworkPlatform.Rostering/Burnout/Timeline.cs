using System.Runtime.InteropServices;

namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// Duties in the order of their starts, with running sums, so that a rule looks only at what lies near its window. Instants are UTC
/// ticks; work is ticks by their weight in percent. Duties may overlap (an import, an override): each counts for itself, and two at once are twice the work.
/// </summary>
internal sealed class Timeline
{
    private readonly Duty[] duties;
    private readonly long[] starts;
    private readonly long[] ends;
    private readonly long[] latestEnds; // the latest end among the duties up to this one
    private readonly long[] workBefore; // the work of the duties before this one
    private readonly int[] weights;
    private (long Low, long High)[]? localTimes;
    private (DailyPeriod Period, DateRuns Runs) days;
    private (DailyPeriod Period, DateRuns Runs) nights;

    private Timeline(ReadOnlySpan<Duty> taken, ReadOnlySpan<long> sortedStarts, ReadOnlySpan<int> order, DutyWeights weighing)
    {
        duties = new Duty[order.Length];
        starts = sortedStarts.ToArray();
        ends = new long[order.Length];
        latestEnds = new long[order.Length];
        workBefore = new long[order.Length + 1];
        weights = new int[order.Length];
        HoldsOnlySessions = true;
        var latest = long.MinValue;
        for (var i = 0; i < order.Length; i++)
        {
            duties[i] = taken[order[i]];
            ends[i] = duties[i].EndsAt.UtcTicks;
            latestEnds[i] = latest = Math.Max(latest, ends[i]);
            weights[i] = weighing.Of(duties[i].Kind, duties[i].Intensity);
            workBefore[i + 1] = workBefore[i] + (ends[i] - starts[i]) * weights[i];
            HoldsOnlySessions &= duties[i].Kind == DutyKind.Session;
            AnyDebriefDue |= duties[i].Debrief != DebriefDue.No;
        }
    }

    public int Count => duties.Length;

    public bool HoldsOnlySessions { get; }

    public bool AnyDebriefDue { get; }

    /// <summary>The end of the last duty to end; null when there is none.</summary>
    public long? LatestEnd => LatestEndOfFirst(Count);

    public Duty this[int index] => duties[index];

    /// <summary>The duties that end after an instant and have a length (a no-show weighs nothing).</summary>
    public static Timeline Of(IReadOnlyCollection<Duty> taken, long endingAfter, DutyWeights weights, bool sessionsOnly)
    {
        var all = taken switch
        {
            Duty[] array => array,
            List<Duty> list => CollectionsMarshal.AsSpan(list),
            _ => taken.ToArray(),
        };
        var keys = new long[all.Length];
        var order = new int[all.Length];
        var kept = 0;
        var sorted = true;
        for (var i = 0; i < all.Length; i++)
        {
            var (start, end) = (all[i].StartsAt.UtcTicks, all[i].EndsAt.UtcTicks);
            if (end > endingAfter && end > start && (!sessionsOnly || all[i].Kind == DutyKind.Session))
            {
                sorted &= kept == 0 || keys[kept - 1] <= start;
                (keys[kept], order[kept]) = (start, i);
                kept++;
            }
        }

        if (!sorted)
        {
            Array.Sort(keys, order, 0, kept);
        }

        return new Timeline(all, keys.AsSpan(0, kept), order.AsSpan(0, kept), weights);
    }

    public long Start(int index) => starts[index];

    public long End(int index) => ends[index];

    /// <summary>How many duties start before an instant: the index of the first one that does not.</summary>
    public int StartedBefore(long instant)
    {
        var (low, high) = (0, starts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = starts[middle] < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The latest end among the first <paramref name="count"/> duties; null when there are none.</summary>
    public long? LatestEndOfFirst(int count) => count == 0 ? null : latestEnds[count - 1];

    /// <summary>
    /// The indexes, from the last to the first, among which are all duties that have a part within the window: those that start
    /// before its end, back to where none any longer reaches its start.
    /// </summary>
    public (int From, int DownTo) Near(long from, long to)
    {
        var last = StartedBefore(to) - 1;
        var first = last;
        while (first >= 0 && latestEnds[first] > from)
        {
            first--;
        }

        return (last, first + 1);
    }

    /// <summary>The end of the last one to end of the duties that have a part within the window; null when there are none.</summary>
    public long? BusyUntil(long from, long to) => LatestEndOfFirst(StartedBefore(to)) is { } end && end > from ? end : null;

    /// <summary>The runs of days (or nights) with a duty, made at the first question for them.</summary>
    public DateRuns Runs(DailyPeriod period)
    {
        ref var made = ref period == DailyPeriod.Day ? ref days : ref nights;
        if (made.Runs is null || made.Period != period)
        {
            made = (period, DateRuns.Of(period, localTimes ??= LocalTimes()));
        }

        return made.Runs;
    }

    /// <summary>The work within [from, to).</summary>
    public long Work(long from, long to) => WorkUntil(to) - WorkUntil(from);

    private long WorkUntil(long instant)
    {
        var count = StartedBefore(instant);
        var work = workBefore[count];
        for (var i = count - 1; i >= 0 && latestEnds[i] > instant; i--)
        {
            work -= Math.Max(0, ends[i] - instant) * weights[i];
        }

        return work;
    }

    // What each duty's own clock shows at its start and end, the lower first.
    private (long Low, long High)[] LocalTimes()
    {
        var times = new (long Low, long High)[Count];
        var clocks = new List<WeekOfClock>(2);
        for (var i = 0; i < Count; i++)
        {
            var clock = ClockOf(duties[i].TimeZone, clocks);
            var (local, localLast) = (clock.LocalAt(starts[i]), clock.LocalAt(ends[i] - 1));
            times[i] = (Math.Min(local, localLast), Math.Max(local, localLast));
        }

        return times;
    }

    // A person's duties lie in few zones.
    private static WeekOfClock ClockOf(string timeZone, List<WeekOfClock> clocks)
    {
        foreach (var clock in clocks)
        {
            if (string.Equals(clock.TimeZone, timeZone, StringComparison.Ordinal))
            {
                return clock;
            }
        }

        clocks.Add(new WeekOfClock(timeZone));
        return clocks[^1];
    }
}
