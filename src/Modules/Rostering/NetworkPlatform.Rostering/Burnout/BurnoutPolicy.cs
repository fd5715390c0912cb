namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// Where a rule warns and where it refuses, in the rule's unit; null does neither. A most is broken above the figure and a
/// least below it: the figure itself is allowed.
/// </summary>
internal readonly record struct Threshold(decimal? Warn, decimal? Refuse)
{
    // Internal, so that a policy stored as JSON holds the limits alone.
    internal bool IsSet => Foremost is not null;

    /// <summary>The limit that the meter shows: the refusing one, else the warning one.</summary>
    internal decimal? Foremost => Refuse ?? Warn;

    /// <summary>The most severe limit that <paramref name="actual"/> exceeds.</summary>
    public (Severity Severity, decimal Limit)? Above(decimal actual)
    {
        if (actual > Refuse)
        {
            return (Severity.Refuse, Refuse.Value);
        }

        return actual > Warn ? (Severity.Warn, Warn.Value) : null;
    }

    /// <summary>The most severe limit that <paramref name="actual"/> falls short of.</summary>
    public (Severity Severity, decimal Limit)? Below(decimal actual)
    {
        if (actual < Refuse)
        {
            return (Severity.Refuse, Refuse.Value);
        }

        return actual < Warn ? (Severity.Warn, Warn.Value) : null;
    }
}

/// <summary>
/// How much an hour of a duty counts in the rules on hours, in percent of an hour: sessions by their intensity, everything else by what it is. The figures for what is
/// no session are [M]: what is done for the volunteers' own sake is not to keep them from it.
/// </summary>
internal sealed record DutyWeights(
    int Light = 100, int Moderate = 100, int Demanding = 100, int Training = 50, int Outreach = 50, int Supervision = 0, int Debrief = 0)
{
    internal int Of(DutyKind kind, int intensity) => kind switch
    {
        DutyKind.Session => intensity switch { <= 1 => Light, 2 => Moderate, _ => Demanding },
        DutyKind.Training => Training,
        DutyKind.Outreach => Outreach,
        DutyKind.Supervision => Supervision,
        _ => Debrief,
    };
}

/// <summary>
/// The limits that protect a volunteer. The figures of <see cref="Default"/> are borrowed good practice, since volunteers are
/// normally outside working-time law; those marked [M] are a judgement without a source. Sources in short: HSE is Britain's Health
/// and Safety Executive, good practice guidelines on fatigue; WTD is the EU's Working Time Directive 2003/88/EC.
/// </summary>
internal sealed record BurnoutPolicy
{
    public static BurnoutPolicy Default { get; } = new();

    /// <summary>Minutes of one shift. Samaritans: 3 h shifts; Lifeline: 3 h weekly or 4 h fortnightly.</summary>
    public Threshold ShiftLength { get; init; } = new(Warn: 180, Refuse: 240);

    /// <summary>Hours in any 24 h. HSE: 8 h where the work is demanding; engelsystem#746: 10 h.</summary>
    public Threshold Hours24h { get; init; } = new(Warn: 8, Refuse: 10);

    /// <summary>Hours in any 7 days. Crisis Text Line's policies: asks for 4 a week, "limit yourself to 12".</summary>
    public Threshold Hours7d { get; init; } = new(Warn: 4, Refuse: 12);

    /// <summary>Hours in any 365 days. Windsor, Anstey and Rodgers 2008: well-being falls above 800 h a year.</summary>
    public Threshold Hours365d { get; init; } = new(Warn: 800, Refuse: null);

    /// <summary>Demanding shifts on one local date. Timefold's employee scheduling: one shift per day.</summary>
    public Threshold DemandingPerDay { get; init; } = new(Warn: null, Refuse: 1);

    /// <summary>
    /// Hours between two shifts, at least: refusing between any two (WTD Article 3; engelsystem#746), warning only after a
    /// demanding one ([M]).
    /// </summary>
    public Threshold RestBetweenShifts { get; init; } = new(Warn: 24, Refuse: 11);

    /// <summary>Hours without a break in the rest, at least, in any 7 days. WTD Article 5: 24 h and the daily 11 h.</summary>
    public Threshold WeeklyRest { get; init; } = new(Warn: null, Refuse: 35);

    /// <summary>Local dates in a row with a duty. automagicschedule, example 3: 3; HSE: 5 to 7.</summary>
    public Threshold ConsecutiveDays { get; init; } = new(Warn: 3, Refuse: 5);

    /// <summary>Nights in a row with a duty. HSE: 2 to 3, then two full nights' sleep; the warning is [M].</summary>
    public Threshold ConsecutiveNights { get; init; } = new(Warn: 1, Refuse: 2);

    /// <summary>Hours at a stretch, with no break of 20 minutes in between. WTD Article 4.</summary>
    public Threshold Break { get; init; } = new(Warn: null, Refuse: 6);

    /// <summary>Days at a stretch, with no 30 days off in between. Robbins: a month off after every four months.</summary>
    public Threshold TimeOff { get; init; } = new(Warn: 120, Refuse: null);

    /// <summary>Days since the last supervision, or since the first duty where there was none. discharged.asn.au: monthly.</summary>
    public Threshold GroupSupervision { get; init; } = new(Warn: 31, Refuse: null);

    /// <summary>
    /// Sessions without a debrief: warning counts those whose day has passed (discharged.asn.au: after every session), refusing only those in which something
    /// critical happened ([M]).
    /// </summary>
    public Threshold Debrief { get; init; } = new(Warn: 0, Refuse: 0);

    /// <summary>Facilitators of a session, at least. mentalhealth.org.nz: two; Samaritans: never alone.</summary>
    public Threshold FacilitatorsPerSession { get; init; } = new(Warn: null, Refuse: 2);

    /// <summary>Hours before the start, at least, at which volunteers cancel by themselves. burningmantech: 48; engelsystem: 3.</summary>
    public Threshold SelfCancel { get; init; } = new(Warn: 48, Refuse: 3);

    /// <summary>What duties weigh in the rules on hours.</summary>
    public DutyWeights Weights { get; init; } = new();

    /// <summary>The intensity, 1 to 3, from which a duty is demanding.</summary>
    public int DemandingFrom { get; init; } = 3;

    /// <summary>Local time at which a night starts; the night belongs to the date on which it does ([M]).</summary>
    public TimeOnly NightStart { get; init; } = new(23, 0);

    /// <summary>Local time at which a night is over, on the next date unless it is later than its start ([M]).</summary>
    public TimeOnly NightEnd { get; init; } = new(6, 0);

    public Threshold For(BurnoutRule rule) => rule switch
    {
        BurnoutRule.ShiftLength => ShiftLength,
        BurnoutRule.Hours24h => Hours24h,
        BurnoutRule.Hours7d => Hours7d,
        BurnoutRule.Hours365d => Hours365d,
        BurnoutRule.DemandingPerDay => DemandingPerDay,
        BurnoutRule.RestBetweenShifts => RestBetweenShifts,
        BurnoutRule.WeeklyRest => WeeklyRest,
        BurnoutRule.ConsecutiveDays => ConsecutiveDays,
        BurnoutRule.ConsecutiveNights => ConsecutiveNights,
        BurnoutRule.Break => Break,
        BurnoutRule.TimeOff => TimeOff,
        BurnoutRule.GroupSupervision => GroupSupervision,
        BurnoutRule.Debrief => Debrief,
        BurnoutRule.FacilitatorsPerSession => FacilitatorsPerSession,
        BurnoutRule.SelfCancel => SelfCancel,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>The same policy with another threshold for a rule.</summary>
    public BurnoutPolicy With(BurnoutRule rule, Threshold threshold) => rule switch
    {
        BurnoutRule.ShiftLength => this with { ShiftLength = threshold },
        BurnoutRule.Hours24h => this with { Hours24h = threshold },
        BurnoutRule.Hours7d => this with { Hours7d = threshold },
        BurnoutRule.Hours365d => this with { Hours365d = threshold },
        BurnoutRule.DemandingPerDay => this with { DemandingPerDay = threshold },
        BurnoutRule.RestBetweenShifts => this with { RestBetweenShifts = threshold },
        BurnoutRule.WeeklyRest => this with { WeeklyRest = threshold },
        BurnoutRule.ConsecutiveDays => this with { ConsecutiveDays = threshold },
        BurnoutRule.ConsecutiveNights => this with { ConsecutiveNights = threshold },
        BurnoutRule.Break => this with { Break = threshold },
        BurnoutRule.TimeOff => this with { TimeOff = threshold },
        BurnoutRule.GroupSupervision => this with { GroupSupervision = threshold },
        BurnoutRule.Debrief => this with { Debrief = threshold },
        BurnoutRule.FacilitatorsPerSession => this with { FacilitatorsPerSession = threshold },
        BurnoutRule.SelfCancel => this with { SelfCancel = threshold },
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
    };

    /// <summary>The same policy silent where it would only warn.</summary>
    public BurnoutPolicy WithoutWarnings() => this with
    {
        ShiftLength = ShiftLength with { Warn = null },
        Hours24h = Hours24h with { Warn = null },
        Hours7d = Hours7d with { Warn = null },
        Hours365d = Hours365d with { Warn = null },
        DemandingPerDay = DemandingPerDay with { Warn = null },
        RestBetweenShifts = RestBetweenShifts with { Warn = null },
        WeeklyRest = WeeklyRest with { Warn = null },
        ConsecutiveDays = ConsecutiveDays with { Warn = null },
        ConsecutiveNights = ConsecutiveNights with { Warn = null },
        Break = Break with { Warn = null },
        TimeOff = TimeOff with { Warn = null },
        GroupSupervision = GroupSupervision with { Warn = null },
        Debrief = Debrief with { Warn = null },
    };
}
