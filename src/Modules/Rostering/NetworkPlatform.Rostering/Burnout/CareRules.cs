namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The rules on what lets people recover: breaks and time off, supervision, and talking it over afterwards.</summary>
internal static class CareRules
{
    private const long ShortBreak = 20 * TimeSpan.TicksPerMinute;
    private const long MonthOff = 30 * TimeSpan.TicksPerDay;
    private const long DebriefCounts = 14 * TimeSpan.TicksPerDay;

    /// <summary>The length of a stretch that counts as interrupted by nothing shorter than <c>Interruption</c>, and the unit of its limit, both in ticks.</summary>
    internal static (long Interruption, long Unit) Stretch(BurnoutRule rule) => rule switch
    {
        BurnoutRule.Break => (ShortBreak, TimeSpan.TicksPerHour),
        BurnoutRule.TimeOff => (MonthOff, TimeSpan.TicksPerDay),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>The stretch around the candidate, from the first start to the last end, in which no gap is as long as an interruption must be.</summary>
    public static Breach? Uninterrupted(Threshold threshold, BurnoutRule rule, Timeline timeline, Placement candidate)
    {
        if (!threshold.IsSet)
        {
            return null;
        }

        var (interruption, unit) = Stretch(rule);
        var chain = Chain.Linked(timeline, candidate, interruption);
        var length = (decimal)chain.Span / unit;
        if (threshold.Above(length) is not var (severity, limit))
        {
            return null;
        }

        var until = severity == Severity.Refuse ? RefusedUntil((long)(limit * unit), interruption, chain, timeline, candidate) : candidate.Start;
        return new Breach(severity, limit, length, chain.Start, chain.End, until);
    }

    /// <summary>The time since the last supervision, else since the first session.</summary>
    public static Breach? GroupSupervision(Threshold threshold, TakenDuties taken, Placement candidate)
    {
        if (!threshold.IsSet)
        {
            return null;
        }

        var (before, after) = taken.Supervision(candidate.Start);
        var first = taken.Sessions.Count > 0 ? taken.Sessions.Start(0) : candidate.Start;
        var since = Math.Min(before ?? first, candidate.Start);
        var days = (decimal)(candidate.Start - since) / TimeSpan.TicksPerDay;
        return threshold.Above(days) is var (severity, limit)
            ? new Breach(severity, limit, days, since, candidate.Start, after ?? Breach.Never)
            : null;
    }

    /// <summary>
    /// What was not talked over: what was critical refuses for as long as anything counts, a year; of the other sessions, those of two weeks warn once their day has passed. No later start
    /// helps, only the debrief.
    /// </summary>
    public static Breach? Debrief(Threshold threshold, TakenDuties taken, Placement candidate)
    {
        if (Outstanding(taken.WithoutDebrief(DebriefDue.Critical, candidate.Start)) is var (critical, from, to) && critical > threshold.Refuse)
        {
            return new Breach(Severity.Refuse, threshold.Refuse.Value, critical, from, to, Breach.Never);
        }

        return Outstanding(taken.WithoutDebrief(DebriefDue.Usual, candidate.Start).Where(d => IsLate(d, candidate))) is var (usual, first, last) && usual > threshold.Warn
            ? new Breach(Severity.Warn, threshold.Warn.Value, usual, first, last, candidate.Start)
            : null;
    }

    private static bool IsLate(Duty duty, Placement candidate)
    {
        var zone = LocalClock.Zone(duty.TimeZone);
        var end = duty.EndsAt.UtcTicks;
        return end > candidate.Start - DebriefCounts && DailyPeriod.Day.TouchedBy(zone, end - 1, end).First < DailyPeriod.Day.TouchedBy(zone, candidate.Start, candidate.Start + 1).First;
    }

    private static (int Count, long From, long To)? Outstanding(IEnumerable<Duty> duties)
    {
        var (count, from, to) = (0, long.MaxValue, long.MinValue);
        foreach (var duty in duties)
        {
            (count, from, to) = (count + 1, Math.Min(from, duty.StartsAt.UtcTicks), Math.Max(to, duty.EndsAt.UtcTicks));
        }

        return count == 0 ? null : (count, from, to);
    }

    // While a duty before the candidate stays linked to it, moving the candidate on shortens nothing. With none before, the stretch starts with the candidate and is
    // short enough once the candidate has come near enough to its end.
    private static long RefusedUntil(long longest, long interruption, Chain chain, Timeline timeline, Placement candidate)
    {
        if (candidate.Length > longest)
        {
            return Breach.Never;
        }

        return timeline.LatestEndOfFirst(timeline.StartedBefore(candidate.Start + 1)) is { } end && candidate.Start - end < interruption
            ? end + interruption
            : chain.End - longest;
    }
}
