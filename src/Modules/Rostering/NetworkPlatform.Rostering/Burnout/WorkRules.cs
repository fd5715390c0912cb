namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The rules on the amount of work: the length of a shift, and the hours in windows that roll.</summary>
internal static class WorkRules
{
    private const long FullHour = 100 * TimeSpan.TicksPerHour;

    public static Breach? ShiftLength(Threshold threshold, Placement candidate)
    {
        var minutes = (decimal)candidate.Length / TimeSpan.TicksPerMinute;
        return threshold.Above(minutes) is var (severity, limit)
            ? new Breach(severity, limit, minutes, candidate.Start, candidate.End, Breach.Never)
            : null;
    }

    /// <summary>
    /// The most hours in any window of a length (in ticks) that contains a part of the candidate; duties partly inside count with
    /// that part, each by its weight. A candidate that weighs nothing breaks nothing.
    /// </summary>
    public static Breach? Hours(Threshold threshold, long length, Timeline timeline, Placement candidate)
    {
        if (candidate.Weight == 0)
        {
            return null;
        }

        // No window holds more than all of them together, which is nearly always enough to know.
        var atMost = timeline.Work(candidate.Start - length, candidate.End + length) + candidate.Length * candidate.Weight;
        if (threshold.Above(WorkInHours(atMost)) is null)
        {
            return null;
        }

        var (work, start) = Heaviest(length, timeline, candidate);
        return threshold.Above(WorkInHours(work)) is var (severity, limit)
            ? new Breach(severity, limit, WorkInHours(work), start, start + length, RefusedUntil(threshold, length, timeline, candidate))
            : null;
    }

    /// <summary>The most work in a window of a length that touches the candidate, and where the earliest such starts.</summary>
    public static (long Work, long Start) Heaviest(long length, Timeline timeline, Placement candidate)
    {
        var heaviest = (Work: -1L, Start: 0L);
        foreach (var start in CriticalStarts(length, timeline, candidate))
        {
            var work = timeline.Work(start, start + length) + Overlap(candidate, start, start + length) * candidate.Weight;
            if (work > heaviest.Work || (work == heaviest.Work && start < heaviest.Start))
            {
                heaviest = (work, start);
            }
        }

        return heaviest;
    }

    /// <summary>The length in ticks of the window that a rule on hours looks at.</summary>
    public static long Window(BurnoutRule rule) => rule switch
    {
        BurnoutRule.Hours24h => TimeSpan.TicksPerDay,
        BurnoutRule.Hours7d => 7 * TimeSpan.TicksPerDay,
        BurnoutRule.Hours365d => 365 * TimeSpan.TicksPerDay,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    public static decimal InHours(long ticks) => (decimal)ticks / TimeSpan.TicksPerHour;

    public static decimal WorkInHours(long work) => (decimal)work / FullHour;

    // A window that is moved gains work while its end is in a duty and loses it while its start is in one. So the work is
    // greatest in a window that starts with a duty or ends with one, or at the edge of what touches the candidate.
    private static List<long> CriticalStarts(long length, Timeline timeline, Placement candidate)
    {
        var (earliest, latest) = (candidate.Start - length, candidate.End);
        List<long> starts = [earliest, latest, candidate.Start, candidate.End - length];
        var (from, downTo) = timeline.Near(earliest, latest + length);
        for (var i = from; i >= downTo; i--)
        {
            if (timeline.Start(i) > earliest && timeline.Start(i) < latest)
            {
                starts.Add(timeline.Start(i));
            }

            if (timeline.End(i) - length > earliest && timeline.End(i) - length < latest)
            {
                starts.Add(timeline.End(i) - length);
            }
        }

        return starts;
    }

    // A window that is too full with the candidate in it stays so, wherever the candidate moves inside it, until the candidate
    // reaches beyond its end by enough: what remains inside must be no more than the other duties leave room for.
    private static long RefusedUntil(Threshold threshold, long length, Timeline timeline, Placement candidate)
    {
        if (threshold.Refuse is not { } hours)
        {
            return candidate.Start;
        }

        var limit = (long)(hours * FullHour);
        if (Math.Min(candidate.Length, length) * candidate.Weight > limit)
        {
            return Breach.Never;
        }

        var until = candidate.Start;
        foreach (var start in CriticalStarts(length, timeline, candidate))
        {
            var others = timeline.Work(start, start + length);
            if (others + Overlap(candidate, start, start + length) * candidate.Weight > limit)
            {
                until = Math.Max(until, start + length - Math.Max(0, limit - others) / candidate.Weight);
            }
        }

        return until;
    }

    private static long Overlap(Placement candidate, long from, long to) =>
        Math.Max(0, Math.Min(candidate.End, to) - Math.Max(candidate.Start, from));
}
