namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The rules of a policy in the order in which they are reported. The last two are not about a person's load: they judge sessions and cancellations.</summary>
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
    Break,
    TimeOff,
    GroupSupervision,
    Debrief,
    FacilitatorsPerSession,
    SelfCancel,
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
        BurnoutRule.Break => "break",
        BurnoutRule.TimeOff => "time-off",
        BurnoutRule.GroupSupervision => "group-supervision",
        BurnoutRule.Debrief => "debrief",
        BurnoutRule.FacilitatorsPerSession => "facilitators-per-session",
        BurnoutRule.SelfCancel => "self-cancel",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>The unit of the rule's limits and readings.</summary>
    public static string Unit(this BurnoutRule rule) => rule switch
    {
        BurnoutRule.ShiftLength => "minutes",
        BurnoutRule.DemandingPerDay => "shifts",
        BurnoutRule.ConsecutiveDays or BurnoutRule.TimeOff or BurnoutRule.GroupSupervision => "days",
        BurnoutRule.ConsecutiveNights => "nights",
        BurnoutRule.Debrief => "sessions",
        BurnoutRule.FacilitatorsPerSession => "facilitators",
        _ => "hours",
    };

    /// <summary>Whether the limit is a least (rest, notice), so that a higher figure is the tighter one; otherwise it is a most.</summary>
    public static bool IsMinimum(this BurnoutRule rule) =>
        rule is BurnoutRule.RestBetweenShifts or BurnoutRule.WeeklyRest or BurnoutRule.FacilitatorsPerSession or BurnoutRule.SelfCancel;
}
