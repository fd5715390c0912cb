namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// What a volunteer may take on: pure functions of the policy, the duties taken and the candidate. Time is instants, windows roll, and
/// local dates come from each duty's own zone. The rules judge only what touches the candidate, so that a breach elsewhere does not
/// block it.
/// </summary>
internal static class BurnoutRules
{
    // Beyond the last duty taken and the longest window, only the calendar differs from start to start, and it repeats each year.
    private const long SearchBeyondLast = 2 * TakenDuties.Reach;

    private static readonly BurnoutRule[] OfSessions =
        [.. Enum.GetValues<BurnoutRule>().Where(rule => rule is not (BurnoutRule.FacilitatorsPerSession or BurnoutRule.SelfCancel))];

    private static readonly BurnoutRule[] OfOthers = [BurnoutRule.Hours24h, BurnoutRule.Hours7d, BurnoutRule.Hours365d];

    /// <summary>The rules that judge a person's load.</summary>
    internal static IReadOnlyList<BurnoutRule> OfPeople => OfSessions;

    /// <summary>
    /// The decision on taking <paramref name="candidate"/> beside <paramref name="taken"/>: the other confirmed and pending duties of the
    /// whole network, past and future, in any order.
    /// </summary>
    internal static BurnoutDecision Decide(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, Duty candidate) =>
        Decide(TakenDuties.Of(policy, taken, candidate.StartsAt), candidate);

    internal static BurnoutDecision Decide(TakenDuties taken, Duty candidate)
    {
        var placement = Placement.Of(candidate, taken.Policy);
        var rules = placement.IsSession ? OfSessions : OfOthers;
        List<RuleFinding>? findings = null;
        foreach (var rule in rules)
        {
            if (Judge(rule, taken.Policy, taken, placement) is { } breach)
            {
                var refused = breach.Severity == Severity.Refuse;
                (findings ??= []).Add(breach.AsFinding(rule, refused ? EarliestStart([rule], taken, placement, besideNone: false) : null));
            }
        }

        var decision = findings is null ? BurnoutDecision.Nothing : new BurnoutDecision(findings);
        var isFree = !decision.IsRefused && taken.Every.BusyUntil(placement.Start, placement.End) is null;
        return decision with { EligibleAt = isFree ? candidate.StartsAt : EarliestStart(rules, taken, placement, besideNone: true) };
    }

    /// <summary>Where the volunteer stands at <paramref name="now"/>, rule by rule; <see cref="LoadMeter"/> says what each reads.</summary>
    internal static IReadOnlyList<LoadReading> Load(BurnoutPolicy policy, IReadOnlyCollection<Duty> taken, DateTimeOffset now) =>
        LoadMeter.Read(TakenDuties.Of(policy, taken, now), now.UtcTicks);

    private static Breach? Judge(BurnoutRule rule, BurnoutPolicy policy, TakenDuties taken, Placement candidate) => rule switch
    {
        BurnoutRule.ShiftLength => WorkRules.ShiftLength(policy.ShiftLength, candidate),
        BurnoutRule.Hours24h => WorkRules.Hours(policy.Hours24h, WorkRules.Window(rule), taken.Every, candidate),
        BurnoutRule.Hours7d => WorkRules.Hours(policy.Hours7d, WorkRules.Window(rule), taken.Every, candidate),
        BurnoutRule.Hours365d => WorkRules.Hours(policy.Hours365d, WorkRules.Window(rule), taken.Every, candidate),
        BurnoutRule.DemandingPerDay => CalendarRules.DemandingPerDay(policy, taken.Sessions, candidate),
        BurnoutRule.RestBetweenShifts => RestRules.BetweenShifts(policy, taken.Sessions, candidate),
        BurnoutRule.WeeklyRest => RestRules.Weekly(policy.WeeklyRest, taken.Sessions, candidate),
        BurnoutRule.ConsecutiveDays => CalendarRules.Consecutive(policy.ConsecutiveDays, DailyPeriod.Day, taken.Sessions, candidate),
        BurnoutRule.ConsecutiveNights => CalendarRules.Consecutive(policy.ConsecutiveNights, DailyPeriod.Night(policy), taken.Sessions, candidate),
        BurnoutRule.Break => CareRules.Uninterrupted(policy.Break, rule, taken.Sessions, candidate),
        BurnoutRule.TimeOff => CareRules.Uninterrupted(policy.TimeOff, rule, taken.Sessions, candidate),
        BurnoutRule.GroupSupervision => CareRules.GroupSupervision(policy.GroupSupervision, taken, candidate),
        BurnoutRule.Debrief => CareRules.Debrief(policy.Debrief, taken, candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>
    /// The first whole minute, from the candidate's start on, at which none of the rules refuses. Each refusal says until when it
    /// is sure to last, so that the search leaps from one change to the next; it misses no start.
    /// </summary>
    /// <param name="besideNone">Whether it must not overlap another duty either, of whatever kind.</param>
    private static DateTimeOffset? EarliestStart(ReadOnlySpan<BurnoutRule> rules, TakenDuties taken, Placement candidate, bool besideNone)
    {
        var refusals = taken.Policy.WithoutWarnings();
        var last = Math.Max(candidate.Start, taken.Every.LatestEnd ?? candidate.Start) + SearchBeyondLast;
        var start = WholeMinute(candidate.Start);
        for (var agreed = 0; agreed < rules.Length;)
        {
            if (besideNone && agreed == 0 && taken.Every.BusyUntil(start, start + candidate.Length) is { } end)
            {
                start = WholeMinute(end);
                continue;
            }

            var rule = rules[agreed];
            if (Judge(rule, refusals, taken, candidate with { Start = start }) is not { } breach)
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
