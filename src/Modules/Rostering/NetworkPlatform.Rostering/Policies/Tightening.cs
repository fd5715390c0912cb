using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>A level below may only tighten: what it says counts where it is the stricter, and saying something looser is refused.</summary>
internal static class Tightening
{
    /// <summary>In every respect the stricter of two policies.</summary>
    internal static BurnoutPolicy StricterOf(BurnoutPolicy one, BurnoutPolicy other)
    {
        var policy = one with
        {
            DemandingFrom = Math.Min(one.DemandingFrom, other.DemandingFrom),
            NightStart = SinceNoon(one.NightStart) <= SinceNoon(other.NightStart) ? one.NightStart : other.NightStart,
            NightEnd = SinceNoon(one.NightEnd) >= SinceNoon(other.NightEnd) ? one.NightEnd : other.NightEnd,
            Weights = new DutyWeights(
                Math.Max(one.Weights.Light, other.Weights.Light), Math.Max(one.Weights.Moderate, other.Weights.Moderate),
                Math.Max(one.Weights.Demanding, other.Weights.Demanding), Math.Max(one.Weights.Training, other.Weights.Training),
                Math.Max(one.Weights.Outreach, other.Weights.Outreach), Math.Max(one.Weights.Supervision, other.Weights.Supervision),
                Math.Max(one.Weights.Debrief, other.Weights.Debrief)),
        };
        foreach (var rule in Enum.GetValues<BurnoutRule>())
        {
            var (a, b) = (one.For(rule), other.For(rule));
            policy = policy.With(rule, new Threshold(Stricter(rule, a.Warn, b.Warn), Stricter(rule, a.Refuse, b.Refuse)));
        }

        return policy;
    }

    /// <summary>The first respect in which what a level says is looser than the level above; null where it only tightens.</summary>
    internal static PolicyMayOnlyTighten? FindLooser(BurnoutPolicy above, BurnoutPolicy said)
    {
        var strict = StricterOf(above, said);
        foreach (var rule in Enum.GetValues<BurnoutRule>())
        {
            var (limit, asked, least) = (above.For(rule), said.For(rule), strict.For(rule));
            if (asked.Refuse != least.Refuse)
            {
                return new PolicyMayOnlyTighten(rule.Name(), limit.Refuse, asked.Refuse, $"'{rule.Name()}' refuses {Side(rule)} {limit.Refuse:0.####} {rule.Unit()} at the level above");
            }

            if (asked.Warn != least.Warn)
            {
                return new PolicyMayOnlyTighten(rule.Name(), limit.Warn, asked.Warn, $"'{rule.Name()}' warns {Side(rule)} {limit.Warn:0.####} {rule.Unit()} at the level above");
            }
        }

        if (said.DemandingFrom != strict.DemandingFrom)
        {
            return new PolicyMayOnlyTighten("demanding-from", above.DemandingFrom, said.DemandingFrom, $"A shift is demanding from intensity {above.DemandingFrom} on at the level above");
        }

        if (said.NightStart != strict.NightStart || said.NightEnd != strict.NightEnd)
        {
            return new PolicyMayOnlyTighten("night", Limit: null, Asked: null, $"The night lasts from {above.NightStart:HH:mm} to {above.NightEnd:HH:mm} at the level above");
        }

        return said.Weights == strict.Weights ? null : new PolicyMayOnlyTighten("weights", Limit: null, Asked: null, "Some duties weigh more at the level above");
    }

    /// <summary>Nights begin and end between one noon and the next.</summary>
    internal static TimeSpan SinceNoon(TimeOnly time) => time - new TimeOnly(12, 0);

    private static string Side(BurnoutRule rule) => rule.IsMinimum() ? "below" : "above";

    private static decimal? Stricter(BurnoutRule rule, decimal? one, decimal? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => rule.IsMinimum() ? Math.Max(one.Value, other.Value) : Math.Min(one.Value, other.Value),
    };
}

/// <summary>What was asked for would allow more than the level above.</summary>
/// <param name="Limit">What the level above has set, in the rule's unit.</param>
internal sealed record PolicyMayOnlyTighten(string Rule, decimal? Limit, decimal? Asked, string Reason) : RuleBroken($"{Reason}, which may be tightened but not loosened.");
