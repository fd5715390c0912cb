using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>What one level (umbrella, tenant or chapter) says about the limits. What it leaves out holds as the level above has it.</summary>
/// <param name="NightStart">Local time.</param>
/// <param name="NightEnd">Local time.</param>
internal sealed record PolicyLayer(IReadOnlyList<PolicyLimit>? Rules, int? DemandingFrom, TimeOnly? NightStart, TimeOnly? NightEnd, PolicyWeights? Weights)
{
    /// <summary>The policy above with all that this level says put in its place, be it looser.</summary>
    internal BurnoutPolicy Over(BurnoutPolicy above)
    {
        var policy = above with
        {
            DemandingFrom = DemandingFrom ?? above.DemandingFrom,
            NightStart = NightStart ?? above.NightStart,
            NightEnd = NightEnd ?? above.NightEnd,
            Weights = Weights?.Over(above.Weights) ?? above.Weights,
        };
        foreach (var limit in Rules ?? [])
        {
            var rule = PolicyLimit.RuleOf(limit.Rule)!.Value;
            var inherited = above.For(rule);
            policy = policy.With(rule, new Threshold(limit.Warn ?? inherited.Warn, limit.Refuse ?? inherited.Refuse));
        }

        return policy;
    }
}

/// <param name="Warn">From beyond which a warning is given; null as the level above has it.</param>
/// <param name="Refuse">From beyond which it is refused; null as the level above has it.</param>
internal sealed record PolicyLimit(string Rule, decimal? Warn, decimal? Refuse)
{
    private static readonly Dictionary<string, BurnoutRule> ByName = Enum.GetValues<BurnoutRule>().ToDictionary(rule => rule.Name(), StringComparer.Ordinal);

    internal static IEnumerable<string> Names => ByName.Keys;

    internal static BurnoutRule? RuleOf(string? name) => name is not null && ByName.TryGetValue(name, out var rule) ? rule : null;
}

/// <summary>How much an hour counts in the rules on hours, in percent: sessions by intensity, the rest by what it is. Null as the level above has it.</summary>
internal sealed record PolicyWeights(int? Light, int? Moderate, int? Demanding, int? Training, int? Outreach, int? Supervision, int? Debrief)
{
    internal IEnumerable<int> Given => new[] { Light, Moderate, Demanding, Training, Outreach, Supervision, Debrief }.OfType<int>();

    internal DutyWeights Over(DutyWeights above) => new(
        Light ?? above.Light, Moderate ?? above.Moderate, Demanding ?? above.Demanding, Training ?? above.Training,
        Outreach ?? above.Outreach, Supervision ?? above.Supervision, Debrief ?? above.Debrief);
}
