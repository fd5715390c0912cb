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
        foreach (var rule in All)
        {
            if (Judge(rule, policy, timeline, placement) is { } breach)
            {
                var refused = breach.Severity == Severity.Refuse;
                findings.Add(breach.AsFinding(rule, refused ? EarliestStart([rule], policy, timeline, placement) : null));
            }
        }

        var decision = new BurnoutDecision(findings);
        return decision with
        {
            EligibleAt = decision.IsRefused ? EarliestStart(All, policy, timeline, placement) : candidate.StartsAt,
        };
    }

    /// <summary>Where the volunteer stands at <paramref name="now"/>, rule by rule; <see cref="LoadMeter"/> says what each reads.</summary>
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
        BurnoutRule.ConsecutiveNights =>
            CalendarRules.Consecutive(policy.ConsecutiveNights, DailyPeriod.Night(policy), timeline, candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>
    /// The first whole minute, from the candidate's start on, at which none of the rules refuses. Each refusal says until when it
    /// is sure to last, so that the search leaps from one change to the next; it misses no start.
    /// </summary>
    private static DateTimeOffset? EarliestStart(
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

        return LocalClock.Utc(start);
    }

    private static long WholeMinute(long instant) =>
        (instant + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;
}
