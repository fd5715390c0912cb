namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The rules in the order in which they are reported.</summary>
internal enum BurnoutRule
{
    ShiftLength,
    Hours24h,
    Hours7d,
    Hours365d,
    DemandingPerDay,
    RestBetweenShifts,
    WeeklyRest,
    ConsecutiveDays,
    ConsecutiveNights,
}

/// <summary>How a rule is spoken of outside: its name and unit on the wire, and the side on which its limit lies.</summary>
internal static class BurnoutRuleNames
{
    /// <summary>The name on the wire, in kebab case.</summary>
    public static string Name(this BurnoutRule rule) => rule switch
    {
        BurnoutRule.ShiftLength => "shift-length",
        BurnoutRule.Hours24h => "hours-24h",
        BurnoutRule.Hours7d => "hours-7d",
        BurnoutRule.Hours365d => "hours-365d",
        BurnoutRule.DemandingPerDay => "demanding-per-day",
        BurnoutRule.RestBetweenShifts => "rest-between-shifts",
        BurnoutRule.WeeklyRest => "weekly-rest",
        BurnoutRule.ConsecutiveDays => "consecutive-days",
        BurnoutRule.ConsecutiveNights => "consecutive-nights",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>The unit of the rule's limits and readings.</summary>
    public static string Unit(this BurnoutRule rule) => rule switch
    {
        BurnoutRule.ShiftLength => "minutes",
        BurnoutRule.DemandingPerDay => "shifts",
        BurnoutRule.ConsecutiveDays => "days",
        BurnoutRule.ConsecutiveNights => "nights",
        _ => "hours",
    };

    /// <summary>Whether the limit is a least (rest), so that a higher figure is the tighter one; otherwise it is a most.</summary>
    public static bool IsMinimum(this BurnoutRule rule) => rule is BurnoutRule.RestBetweenShifts or BurnoutRule.WeeklyRest;
}
