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

    public static Gen<BurnoutPolicy> Policies() => Policies([.. Enum.GetValues<BurnoutRule>()]);

    /// <summary>Policies with random limits, or none, for these rules, and another night.</summary>
    public static Gen<BurnoutPolicy> Policies(params BurnoutRule[] rules) => rules.Aggregate(
        from night in Gen.Elements((23, 6), (22, 5), (0, 6))
        from demandingFrom in Gen.Choose(2, 3)
        select Given.Silent with
        {
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
    public static Gen<BurnoutPolicy> Tightened(BurnoutPolicy policy) => Enum.GetValues<BurnoutRule>().Aggregate(
        from demandingFrom in Gen.Choose(policy.DemandingFrom - 1, policy.DemandingFrom)
        select policy with { DemandingFrom = demandingFrom },
        (policies, rule) =>
            from tightened in policies
            from warn in Tighter(rule, policy.For(rule).Warn)
            from refuse in Tighter(rule, policy.For(rule).Refuse)
            select Given.With(tightened, rule, new Threshold(warn, refuse)));

    /// <summary>Checks a property on so many random cases; a failing one is printed, and made smaller by leaving out duties.</summary>
    public static void Hold(Gen<History> histories, int cases, Action<History> property) => Prop
        .ForAll(Arb.From(histories, Smaller), property)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static IEnumerable<History> Smaller(History history) =>
        history.Taken.Select((_, left) => history with { Taken = [.. history.Taken.Where((_, i) => i != left)] });

    private static Gen<Duty> DutyNear(DateTimeOffset week, string home, int days) =>
        from start in Gen.Choose(-48 * days, 48 * days)
        from length in Lengths
        from intensity in Gen.Choose(1, 3)
        from zone in Gen.Frequency((4, Gen.Constant(home)), (1, Gen.Elements(Zones)))
        select Quarters(week, zone, start, length, intensity);

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
