namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// What a volunteer may take on: pure functions of the policy, the duties taken and the candidate. Time is instants, windows roll, and
/// local dates come from each duty's own zone. The rules judge only what touches the candidate, so that a breach elsewhere does not
/// block it.
/// </summary>
internal static class BurnoutRules
{
    // No rule but the runs of dates looks further than 365 days; a run is counted as far as this reaches.
    private const long Reach = 366 * TimeSpan.TicksPerDay;

    // Beyond the last duty taken and the longest window, only the calendar differs from start to start, and it repeats each year.
    private const long SearchBeyondLast = 2 * Reach;

    private static readonly BurnoutRule[] All = Enum.GetValues<BurnoutRule>();

    /// <summary>
    /// The decision on taking <paramref name="candidate"/> beside <paramref name="taken"/>: the other confirmed and pending duties of the
    /// whole network, past and future, in any order.
    /// </summary>
    internal static BurnoutDecision Decide(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, Duty candidate)
    {
        var placement = Placement.Of(candidate, policy);
        var timeline = Timeline.Of(taken, endingAfter: placement.Start - Reach);
        var findings = new List<RuleFinding>();
        long? eligibleAt = placement.Start;
        foreach (var rule in All)
        {
            if (Judge(rule, policy, timeline, placement) is not { } breach)
            {
                continue;
            }

            long? ruleEligibleAt = null;
            if (breach.Severity == Severity.Refuse)
            {
                ruleEligibleAt = EarliestStart([rule], policy, timeline, placement);
                eligibleAt = ruleEligibleAt > eligibleAt || ruleEligibleAt is null ? ruleEligibleAt : eligibleAt;
            }

            findings.Add(breach.AsFinding(rule, AsInstant(ruleEligibleAt)));
        }

        var decision = new BurnoutDecision(findings);
        if (decision.IsRefused && eligibleAt is { } start)
        {
            eligibleAt = EarliestStart(All, policy, timeline, placement with { Start = start });
        }

        return decision with { EligibleAt = AsInstant(eligibleAt) };
    }

    /// <summary>Where the volunteer stands at <paramref name="now"/>, rule by rule; see <see cref="LoadMeter"/> for what each reads.</summary>
    internal static IReadOnlyList<LoadReading> Load(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, DateTimeOffset now) =>
        LoadMeter.Read(policy, Timeline.Of(taken, endingAfter: now.UtcTicks - Reach), now.UtcTicks);

    private static Breach? Judge(BurnoutRule rule, BurnoutPolicy policy, Timeline timeline, Placement candidate) => rule switch
    {
        BurnoutRule.ShiftLength => WorkRules.ShiftLength(policy.ShiftLength, candidate),
        BurnoutRule.Hours24h => WorkRules.Hours(policy.Hours24h, WorkRules.Window(rule), timeline, candidate),
        BurnoutRule.Hours7d => WorkRules.Hours(policy.Hours7d, WorkRules.Window(rule), timeline, candidate),
        BurnoutRule.Hours365d => WorkRules.Hours(policy.Hours365d, WorkRules.Window(rule), timeline, candidate),
        BurnoutRule.DemandingPerDay => CalendarRules.DemandingPerDay(policy, timeline, candidate),
        BurnoutRule.RestBetweenShifts => RestRules.BetweenShifts(policy, timeline, candidate),
        BurnoutRule.WeeklyRest => RestRules.Weekly(policy.WeeklyRest, timeline, candidate),
        BurnoutRule.ConsecutiveDays => CalendarRules.Consecutive(policy.ConsecutiveDays, DailyPeriod.Day, timeline, candidate),
        BurnoutRule.ConsecutiveNights => CalendarRules.Consecutive(policy.ConsecutiveNights, DailyPeriod.Night(policy), timeline, candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>
    /// The first whole minute, from the candidate's start on, at which none of the rules refuses. Each refusal says until when it
    /// is sure to last, so that the search leaps from one change to the next; it misses no start.
    /// </summary>
    private static long? EarliestStart(
        ReadOnlySpan<BurnoutRule> rules, BurnoutPolicy policy, Timeline timeline, Placement candidate)
    {
        var refusals = policy.WithoutWarnings();
        var last = Math.Max(candidate.Start, timeline.LatestEnd ?? candidate.Start) + SearchBeyondLast;
        var start = WholeMinute(candidate.Start);
        for (var agreed = 0; agreed < rules.Length;)
        {
            var rule = rules[agreed];
            if (Judge(rule, refusals, timeline, candidate with { Start = start }) is not { } breach)
            {
                agreed++;
            }
            else if (breach.RefusedUntil > last)
            {
                return null;
            }
            else
            {
                start = Math.Max(WholeMinute(breach.RefusedUntil), start + TimeSpan.TicksPerMinute);
                agreed = 0;
            }
        }

        return start;
    }

    private static long WholeMinute(long instant) =>
        (instant + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;

    private static DateTimeOffset? AsInstant(long? instant) => instant is { } ticks ? LocalClock.Utc(ticks) : null;
}
