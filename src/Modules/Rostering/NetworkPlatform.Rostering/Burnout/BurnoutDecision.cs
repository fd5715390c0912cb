namespace NetworkPlatform.Rostering.Burnout;

internal enum Severity
{
    Warn,
    Refuse,
}

internal enum BurnoutOutcome
{
    Allow,
    Warn,
    Refuse,
}

/// <summary>
/// A limit that the candidate breaks: the most severe one of its rule. <paramref name="Limit"/> and <paramref name="Actual"/> are in
/// <paramref name="Unit"/> (actual to four decimals), and the window is the worst one, in UTC. <paramref name="EligibleAt"/> belongs
/// to refusals: the earliest whole minute, not before the candidate's start, at which this rule would no longer refuse a duty of the
/// same length, zone and intensity; null when no start ever would do.
/// </summary>
internal sealed record RuleFinding(
    string Rule,
    Severity Severity,
    decimal Limit,
    decimal Actual,
    string Unit,
    DateTimeOffset? WindowStart,
    DateTimeOffset? WindowEnd,
    DateTimeOffset? EligibleAt);

/// <summary>What the policy says to a candidate: at most one finding a rule, in the order of <see cref="BurnoutRule"/>.</summary>
internal sealed record BurnoutDecision(IReadOnlyList<RuleFinding> Findings)
{
    private static readonly string[] Asking = [BurnoutRule.GroupSupervision.Name(), BurnoutRule.Debrief.Name()];

    internal static BurnoutDecision Nothing { get; } = new([]);

    public BurnoutOutcome Outcome
    {
        get
        {
            if (IsRefused)
            {
                return BurnoutOutcome.Refuse;
            }

            return Findings.Count > 0 ? BurnoutOutcome.Warn : BurnoutOutcome.Allow;
        }
    }

    /// <summary>The limits on load that were come near or passed. That a supervision or a debrief is missing asks for one, not for rest.</summary>
    public IReadOnlyList<RuleFinding> Overload => [.. Findings.Where(finding => !Asking.Contains(finding.Rule))];

    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Refuse);

    /// <summary>
    /// The earliest start at which no rule at all refuses and no other duty is under way: the candidate's own, or else a whole minute;
    /// null when no start ever would do.
    /// </summary>
    public DateTimeOffset? EligibleAt { get; init; }
}

/// <summary>
/// Where a volunteer stands with one rule: <paramref name="Actual"/> (to four decimals) against <paramref name="Limit"/>, the refusing
/// limit or else the warning one, both in <paramref name="Unit"/>, within a window in UTC.
/// </summary>
internal sealed record LoadReading(
    string Rule, decimal Limit, decimal Actual, string Unit, DateTimeOffset WindowStart, DateTimeOffset WindowEnd);
