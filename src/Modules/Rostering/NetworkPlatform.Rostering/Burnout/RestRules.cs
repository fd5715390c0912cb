namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The rules on rest: between two shifts, and once in any seven days.</summary>
internal static class RestRules
{
    public const long Week = 7 * TimeSpan.TicksPerDay;

    private static readonly (long From, long To) NoNeighbour = (0, Breach.Never);

    /// <summary>
    /// The gap to the duty before and to the one after, none where they overlap. It refuses for any neighbour, and warns where the
    /// earlier of the two is demanding, be it not the nearest: a light duty in between is no rest.
    /// </summary>
    public static Breach? BetweenShifts(BurnoutPolicy policy, Timeline timeline, Placement candidate)
    {
        var threshold = policy.RestBetweenShifts;
        var following = timeline.StartedBefore(candidate.End);
        var before = GapAfter(timeline.LatestEndOfFirst(following), candidate);
        var after = following < timeline.Count ? (candidate.End, timeline.Start(following)) : NoNeighbour;
        var rest = Shorter(before, after);
        if (threshold.Refuse is { } least && InHours(rest) < least)
        {
            var needed = InTicks(least);
            var inReach = timeline.StartedBefore(candidate.End + needed);
            return AsBreach(Severity.Refuse, least, rest, refusedUntil: timeline.LatestEndOfFirst(inReach)!.Value + needed);
        }

        if (threshold.Warn is not { } wished)
        {
            return null;
        }

        var lastDemanding = LastDemandingEnd(policy, timeline, following, since: candidate.Start - InTicks(wished));
        var afterDemanding = GapAfter(lastDemanding, candidate);
        rest = candidate.IsDemanding ? Shorter(afterDemanding, after) : afterDemanding;
        return InHours(rest) < wished ? AsBreach(Severity.Warn, wished, rest, refusedUntil: candidate.Start) : null;
    }

    /// <summary>
    /// The longest stretch without a duty that every seven days (168 h) touching the candidate are sure to hold.
    /// <para>
    /// Exact, without looking at windows. Call two duties linked when the gap between them is shorter than r, and let S be the
    /// span of the chain of links around the candidate, from its first start to its last end. A window that touches the candidate
    /// and has no stretch of r holds less than r of the gap on either side of the chain, so S + 2r is longer than the window;
    /// and where it is, such a window can be laid. Hence r is missing in one if and only if S > 168 h - 2r: 35 h are when the chain
    /// spans more than 98 h. The longest sure stretch is the least r beyond which that holds. S only changes at the lengths of gaps,
    /// so the chain is grown outwards, each time over the shorter of its two outer gaps.
    /// </para>
    /// </summary>
    public static Breach? Weekly(Threshold threshold, Timeline timeline, Placement candidate)
    {
        if (!threshold.IsSet)
        {
            return null;
        }

        var (length, start) = LongestSure(timeline, candidate);
        var rest = WorkRules.InHours(length);
        return threshold.Below(rest) is var (severity, limit)
            ? new Breach(severity, limit, rest, start, start + Week, RefusedUntil(threshold, timeline, candidate))
            : null;
    }

    private static (long Length, long WindowStart) LongestSure(Timeline timeline, Placement candidate)
    {
        var chain = new Chain(timeline, candidate);
        var widestGap = 0L;
        var sure = (Length: Breach.Never, WindowStart: 0L);
        while (true)
        {
            var margin = (Week - chain.Span) / 2;
            var rest = Math.Max(widestGap, margin);
            if (rest < sure.Length)
            {
                var (low, high) = (chain.Start - rest, chain.End + rest - Week);
                sure = (rest, Math.Max(low, Math.Min(candidate.End - Week, high)));
            }

            // Further links only widen the gaps inside.
            if (margin <= widestGap)
            {
                return sure;
            }

            widestGap = Math.Max(widestGap, chain.Grow());
        }
    }

    // While a duty before the candidate stays linked to it, moving the candidate on shortens nothing. With none before, the chain
    // starts with the candidate and is short enough once the candidate has come near enough to its end.
    private static long RefusedUntil(Threshold threshold, Timeline timeline, Placement candidate)
    {
        if (threshold.Refuse is not { } hours)
        {
            return candidate.Start;
        }

        var least = InTicks(hours);
        var longestChain = Week - 2 * least;
        if (candidate.Length > longestChain)
        {
            return Breach.Never;
        }

        if (timeline.LatestEndOfFirst(timeline.StartedBefore(candidate.Start + 1)) is { } end && candidate.Start - end < least)
        {
            return end + least;
        }

        return Chain.Linked(timeline, candidate, least).End - longestChain;
    }

    private static (long From, long To) GapAfter(long? end, Placement candidate) =>
        end is { } earlier ? (Math.Min(earlier, candidate.Start), candidate.Start) : NoNeighbour;

    private static (long From, long To) Shorter((long From, long To) one, (long From, long To) other) =>
        other.To - other.From < one.To - one.From ? other : one;

    private static long? LastDemandingEnd(BurnoutPolicy policy, Timeline timeline, int count, long since)
    {
        long? latest = null;
        for (var i = count - 1; i >= 0 && timeline.LatestEndOfFirst(i + 1) > since; i--)
        {
            if (timeline[i].Intensity >= policy.DemandingFrom)
            {
                latest = Math.Max(latest ?? since, timeline.End(i));
            }
        }

        return latest;
    }

    private static Breach AsBreach(Severity severity, decimal limit, (long From, long To) rest, long refusedUntil) =>
        new(severity, limit, InHours(rest), rest.From, rest.To, refusedUntil);

    private static decimal InHours((long From, long To) rest) => WorkRules.InHours(rest.To - rest.From);

    private static long InTicks(decimal hours) => (long)decimal.Ceiling(hours * TimeSpan.TicksPerHour);
}
