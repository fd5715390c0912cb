namespace NetworkPlatform.Rostering.Burnout;

/// <summary>What a volunteer has taken, made ready for any number of decisions under one policy.</summary>
internal sealed class TakenDuties
{
    // No rule but the runs of dates looks further than 365 days; a run is counted as far as this reaches.
    internal const long Reach = 366 * TimeSpan.TicksPerDay;

    private readonly IReadOnlyCollection<Duty> all;

    private TakenDuties(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, long since)
    {
        (Policy, all) = (policy, taken);
        Every = Timeline.Of(taken, since - Reach, policy.Weights, sessionsOnly: false);
        Sessions = Every.HoldsOnlySessions ? Every : Timeline.Of(taken, since - Reach, policy.Weights, sessionsOnly: true);
    }

    public BurnoutPolicy Policy { get; }

    /// <summary>What strains.</summary>
    public Timeline Sessions { get; }

    /// <summary>What counts in the rules on hours, the sessions among them.</summary>
    public Timeline Every { get; }

    /// <param name="since">Start of the earliest candidate to be judged.</param>
    public static TakenDuties Of(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, DateTimeOffset since) => new(policy, taken, since.UtcTicks);

    /// <summary>The end of the last supervision over by an instant, and of the first one over after it.</summary>
    public (long? Before, long? After) Supervision(long instant)
    {
        long? before = null, after = null;
        if (!Every.HoldsOnlySessions)
        {
            foreach (var end in all.Where(d => d.Kind == DutyKind.Supervision).Select(d => d.EndsAt.UtcTicks))
            {
                before = end <= instant ? Math.Max(before ?? end, end) : before;
                after = end > instant ? Math.Min(after ?? end, end) : after;
            }
        }

        return (before, after);
    }

    /// <summary>What began before an instant and waits for a debrief of this sort.</summary>
    public IEnumerable<Duty> WithoutDebrief(DebriefDue due, long instant) => Every.AnyDebriefDue
        ? all.Where(d => d.Debrief == due && d.StartsAt.UtcTicks < instant)
        : [];
}
