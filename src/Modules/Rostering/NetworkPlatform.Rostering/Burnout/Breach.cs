namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// What a rule function answers when a placement breaks a limit. The window is in UTC ticks. At every start from the placement's own
/// up to <paramref name="RefusedUntil"/> the rule goes on refusing, for the reason it now has; a search may leap there.
/// <see cref="Never"/> means that no later start helps; for a warning the value has no meaning.
/// </summary>
internal readonly record struct Breach(
    Severity Severity, decimal Limit, decimal Actual, long WindowStart, long WindowEnd, long RefusedUntil)
{
    public const long Never = long.MaxValue;

    public RuleFinding AsFinding(BurnoutRule rule, DateTimeOffset? eligibleAt) => new(
        rule.Name(),
        Severity,
        Limit,
        decimal.Round(Actual, 4),
        rule.Unit(),
        LocalClock.Utc(WindowStart),
        LocalClock.Utc(WindowEnd),
        eligibleAt);
}
