using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

/// <summary>A policy, duties taken, and a duty asked for; as dense as it takes for every rule to speak often.</summary>
internal sealed record History(BurnoutPolicy Policy, Duty[] Taken, Duty Candidate)
{
    public override string ToString() =>
        $"{Candidate}\nbeside\n{string.Join('\n', Taken.OrderBy(duty => duty.StartsAt))}\nunder {Policy}";
}

/// <summary>Random histories within weeks that hold a change of the clocks, on quarter hours.</summary>
internal static class Histories
{
    private static readonly string[] Zones =
    [
        "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "America/Nuuk", "Asia/Kolkata",
        "Pacific/Chatham", "Pacific/Kiritimati",
    ];

    private static readonly DateTimeOffset[] Weeks =
    [
        new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 4, 5, 0, 0, 0, TimeSpan.Zero),
        new(2026, 6, 17, 12, 0, 0, TimeSpan.Zero), new(2026, 9, 6, 4, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero),
    ];

    private static readonly Gen<int> Lengths =
        Gen.Frequency((6, Gen.Choose(1, 8)), (3, Gen.Choose(8, 24)), (1, Gen.Choose(24, 140)));

    /// <summary>Histories of up to a number of duties within some days around the change.</summary>
    public static Gen<History> Of(Gen<BurnoutPolicy> policies, int duties, int days) =>
        from policy in policies
        from week in Gen.Elements(Weeks)
        from home in Gen.Elements(Zones)
        from count in Gen.Choose(0, duties)
        from taken in Gen.ArrayOf(DutyNear(week, home, days), count)
        from candidate in DutyNear(week, home, days)
        select new History(policy, taken, candidate);

    /// <summary>Evenings in a row with some left out: the usual life of a volunteer who does too much.</summary>
    public static Gen<History> Evenings(Gen<BurnoutPolicy> policies) =>
        from policy in policies
        from week in Gen.Elements(Weeks)
        from home in Gen.Elements(Zones)
        from nights in Gen.ArrayOf(Gen.Choose(0, 3), 12)
        from start in Gen.Choose(0, 95)
        from candidate in Gen.Choose(0, 11)
        let evenings = nights.Select((shift, day) => (Kind: shift, Duty: Quarters(week, home, (96 * (day - 6)) + start, 4 + shift, shift)))
        select new History(
            policy,
            [.. evenings.Where((evening, day) => evening.Kind > 0 && day != candidate).Select(evening => evening.Duty)],
            evenings.ElementAt(candidate).Duty);

    public static Gen<BurnoutPolicy> Policies() => Policies([.. BurnoutRules.OfPeople]);

    /// <summary>Policies with random limits, or none, for these rules, and another night.</summary>
    public static Gen<BurnoutPolicy> Policies(params BurnoutRule[] rules) => rules.Aggregate(
        from night in Gen.Elements((23, 6), (22, 5), (0, 6))
        from demandingFrom in Gen.Choose(2, 3)
        from weights in Weights(100, 100, 100, 50, 50, 0, 0)
        select Given.Silent with
        {
            Weights = weights,
            NightStart = new TimeOnly(night.Item1, 0),
            NightEnd = new TimeOnly(night.Item2, 0),
            DemandingFrom = demandingFrom,
        },
        (policies, rule) =>
            from policy in policies
            from warn in Limit(rule)
            from refuse in Limit(rule)
            select Given.With(policy, rule, new Threshold(warn, refuse)));

    /// <summary>A policy that is in every respect as strict or stricter.</summary>
    public static Gen<BurnoutPolicy> Tightened(BurnoutPolicy policy) => BurnoutRules.OfPeople.Aggregate(
        from demandingFrom in Gen.Choose(policy.DemandingFrom - 1, policy.DemandingFrom)
        from weights in Weights(
            policy.Weights.Light, policy.Weights.Moderate, policy.Weights.Demanding, policy.Weights.Training, policy.Weights.Outreach, policy.Weights.Supervision, policy.Weights.Debrief)
        select policy with { DemandingFrom = demandingFrom, Weights = weights },
        (policies, rule) =>
            from tightened in policies
            from warn in Tighter(rule, policy.For(rule).Warn)
            from refuse in Tighter(rule, policy.For(rule).Refuse)
            select Given.With(tightened, rule, new Threshold(warn, refuse)));

    /// <summary>Checks a property on so many random cases; a failing one is printed, and made smaller by leaving out duties.</summary>
    public static void Hold(Gen<History> histories, int cases, Action<History> property) => Prop
        .ForAll(Arb.From(histories, Smaller), property)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    /// <summary>Weights of at least so much.</summary>
    private static Gen<DutyWeights> Weights(params int[] least) =>
        from more in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Elements(25, 50, 100))), least.Length)
        let w = least.Zip(more, (floor, extra) => floor + extra).ToArray()
        select new DutyWeights(w[0], w[1], w[2], w[3], w[4], w[5], w[6]);

    private static IEnumerable<History> Smaller(History history) =>
        history.Taken.Select((_, left) => history with { Taken = [.. history.Taken.Where((_, i) => i != left)] });

    private static Gen<Duty> DutyNear(DateTimeOffset week, string home, int days) =>
        from start in Gen.Choose(-48 * days, 48 * days)
        from length in Lengths
        from intensity in Gen.Choose(1, 3)
        from zone in Gen.Frequency((4, Gen.Constant(home)), (1, Gen.Elements(Zones)))
        from kind in Gen.Frequency((6, Gen.Constant(DutyKind.Session)), (2, Gen.Elements(Enum.GetValues<DutyKind>())))
        from debrief in Gen.Frequency((12, Gen.Constant(DebriefDue.No)), (1, Gen.Elements(DebriefDue.Usual, DebriefDue.Critical)))
        select Quarters(week, zone, start, length, intensity) with { Kind = kind, Debrief = kind == DutyKind.Session || debrief == DebriefDue.Critical ? debrief : DebriefDue.No };

    private static Duty Quarters(DateTimeOffset week, string zone, int start, int length, int intensity) =>
        new(week.AddMinutes(15 * start), week.AddMinutes(15 * (start + length)), zone, intensity);

    private static Gen<decimal?> Limit(BurnoutRule rule)
    {
        var (low, high, unit) = rule switch
        {
            BurnoutRule.ShiftLength => (2, 24, 15m),
            BurnoutRule.Hours24h => (1, 48, 0.25m),
            BurnoutRule.Hours7d => (1, 120, 0.25m),
            BurnoutRule.Hours365d => (4, 200, 0.25m),
            BurnoutRule.DemandingPerDay => (0, 2, 1m),
            BurnoutRule.RestBetweenShifts => (1, 120, 0.25m),
            BurnoutRule.WeeklyRest => (40, 340, 0.25m),
            BurnoutRule.ConsecutiveDays => (1, 6, 1m),
            BurnoutRule.Break => (1, 40, 0.25m),
            BurnoutRule.TimeOff or BurnoutRule.GroupSupervision => (1, 20, 1m),
            BurnoutRule.Debrief => (0, 1, 1m),
            _ => (0, 3, 1m),
        };
        return Gen.Frequency(
            (1, Gen.Constant((decimal?)null)),
            (4, Gen.Choose(low, high).Select(value => (decimal?)(value * unit))));
    }

    private static Gen<decimal?> Tighter(BurnoutRule rule, decimal? limit) => limit is { } value
        ? Gen.Choose(0, 4).Select(by => (decimal?)(rule.IsMinimum() ? value + by : Math.Max(0, value - by)))
        : Limit(rule);
}
