namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// The candidate and the duties around it as one stretch, grown outwards over the shorter of the two gaps at its ends. Instants are
/// UTC ticks.
/// </summary>
internal sealed class Chain(Timeline timeline, Placement candidate)
{
    private int before = timeline.StartedBefore(candidate.Start + 1) - 1;
    private int after = timeline.StartedBefore(candidate.Start + 1);

    /// <summary>Grown over every gap that is shorter than <paramref name="gap"/>.</summary>
    public static Chain Linked(Timeline timeline, Placement candidate, long gap)
    {
        var chain = new Chain(timeline, candidate);
        while (true)
        {
            if (chain.GapBefore < gap)
            {
                chain.Take(chain.before--);
            }
            else if (chain.GapAfter < gap)
            {
                chain.Take(chain.after++);
            }
            else
            {
                return chain;
            }
        }
    }

    public long Start { get; private set; } = candidate.Start;

    public long End { get; private set; } = candidate.End;

    public long Span => End - Start;

    /// <summary>The shorter outer gap, 0 for a duty that overlaps the chain; <see cref="Breach.Never"/> when no duty is left.</summary>
    public long NextGap => Math.Min(GapBefore, GapAfter);

    private long GapBefore => timeline.LatestEndOfFirst(before + 1) is { } end ? Math.Max(0, Start - end) : Breach.Never;

    private long GapAfter => after < timeline.Count ? Math.Max(0, timeline.Start(after) - End) : Breach.Never;

    /// <summary>Takes in the nearer of the two next duties, and returns the gap that was crossed, <see cref="NextGap"/>.</summary>
    public long Grow()
    {
        var gap = NextGap;
        if (gap == Breach.Never)
        {
            return gap;
        }

        Take(gap == GapBefore ? before-- : after++);
        return gap;
    }

    private void Take(int next)
    {
        Start = Math.Min(Start, timeline.Start(next));
        End = Math.Max(End, timeline.End(next));
    }
}
