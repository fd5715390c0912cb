namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// The rules on local dates and nights. Each duty has its dates in its own zone; between duties of different zones the dates are
/// compared as they stand in a calendar.
/// </summary>
internal static class CalendarRules
{
    /// <summary>The most demanding duties on a date that a demanding candidate touches, itself among them.</summary>
    public static Breach? DemandingPerDay(BurnoutPolicy policy, Timeline timeline, Placement candidate)
    {
        if (!candidate.IsDemanding || !policy.DemandingPerDay.IsSet)
        {
            return null;
        }

        var most = (Count: 0, Date: 0);
        int? lastRefused = null;
        var (first, last) = DailyPeriod.Day.TouchedBy(candidate.Zone, candidate.Start, candidate.End);
        for (var date = first; date <= last; date++)
        {
            var count = 1 + Touching(timeline, DailyPeriod.Day, date, policy.DemandingFrom);
            most = count > most.Count ? (count, date) : most;
            lastRefused = count > policy.DemandingPerDay.Refuse ? date : lastRefused;
        }

        if (policy.DemandingPerDay.Above(most.Count) is not var (severity, limit))
        {
            return null;
        }

        var (from, to) = (DailyPeriod.Day.Begins(candidate.Zone, most.Date), DailyPeriod.Day.Ends(candidate.Zone, most.Date));
        var until = lastRefused is { } refused ? DailyPeriod.Day.Ends(candidate.Zone, refused) : candidate.Start;
        return new Breach(severity, limit, most.Count, from, to, policy.DemandingPerDay.Refuse < 1 ? Breach.Never : until);
    }

    /// <summary>The days (or nights) in a row with a duty, around those that the candidate touches.</summary>
    public static Breach? Consecutive(Threshold threshold, DailyPeriod period, Timeline timeline, Placement candidate)
    {
        var own = period.TouchedBy(candidate.Zone, candidate.Start, candidate.End);
        if (!threshold.IsSet || own.Last < own.First)
        {
            return null;
        }

        var (first, last) = Run(timeline, period, own);
        var length = last - first + 1;
        return threshold.Above(length) is var (severity, limit)
            ? new Breach(
                severity,
                limit,
                length,
                period.Begins(candidate.Zone, first),
                period.Ends(candidate.Zone, last),
                RefusedUntil(limit, period, candidate, own, last))
            : null;
    }

    /// <summary>The first and the last of the days in a row with a duty, <paramref name="own"/> and those that adjoin them.</summary>
    public static (int First, int Last) Run(Timeline timeline, DailyPeriod period, (int First, int Last) own)
    {
        var (first, last) = own;

        // Most candidates have a free day on either side, and then nobody's runs are needed.
        if (Touching(timeline, period, own.First - 1) > 0)
        {
            first = timeline.Runs(period).Around(own.First - 1)!.Value.First;
        }

        if (Touching(timeline, period, own.Last + 1) > 0)
        {
            last = timeline.Runs(period).Around(own.Last + 1)!.Value.Last;
        }

        return (first, last);
    }

    /// <summary>How many duties of an intensity, or more, touch a day's period.</summary>
    public static int Touching(Timeline timeline, DailyPeriod period, int day, int intensity = int.MinValue)
    {
        var (earliest, latest) = period.Widest(day);
        var (from, downTo) = timeline.Near(earliest, latest);
        var count = 0;
        for (var i = from; i >= downTo; i--)
        {
            if (timeline[i].Intensity >= intensity && period.IsTouchedBy(timeline[i], day))
            {
                count++;
            }
        }

        return count;
    }

    // The run grows no shorter before the candidate's start leaves the first day that it touches. A duty always touches a date, so
    // that a run of dates ahead that is too long without it must be passed by, with a free date in between.
    private static long RefusedUntil(decimal limit, DailyPeriod period, Placement candidate, (int First, int Last) own, int lastOfRun)
    {
        if (candidate.Length > period.LongestTouching((int)limit))
        {
            return Breach.Never;
        }

        if (period == DailyPeriod.Day && lastOfRun - own.Last > limit)
        {
            return period.Ends(candidate.Zone, lastOfRun + 1);
        }

        return period.Ends(candidate.Zone, own.First);
    }
}
