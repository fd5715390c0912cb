namespace NetworkPlatform.Rostering.Burnout;

/// <summary>Sessions strain; the rest blocks its time and counts in the rules on hours by its own weight, and in no other rule.</summary>
internal enum DutyKind
{
    Session,
    Training,
    Supervision,
    Debrief,
    Outreach,
}

/// <summary>What a duty that was done still asks of who did it. Only a session asks for the usual.</summary>
internal enum DebriefDue
{
    No,
    Usual,
    Critical,
}

/// <summary>
/// A stretch of time that counts for load: two instants (the end is not part of it), the shift's own IANA zone, which decides on its local dates and nights, its
/// intensity, 1 (light) to 3 (demanding), and what it is.
/// </summary>
internal readonly record struct Duty(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, int Intensity, DutyKind Kind = DutyKind.Session, DebriefDue Debrief = DebriefDue.No)
{
    internal bool Overlaps(Duty other) => StartsAt < other.EndsAt && other.StartsAt < EndsAt;
}

/// <summary>The duty asked for, at a start that the search for an eligible one may move. Instants are UTC ticks; the weight is in percent.</summary>
internal readonly record struct Placement(long Start, long Length, TimeZoneInfo Zone, bool IsDemanding, bool IsSession, int Weight)
{
    public long End => Start + Length;

    public static Placement Of(Duty duty, BurnoutPolicy policy)
    {
        var start = duty.StartsAt.UtcTicks;
        var length = duty.EndsAt.UtcTicks - start;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(duty));
        return new Placement(
            start, length, LocalClock.Zone(duty.TimeZone), duty.Intensity >= policy.DemandingFrom, duty.Kind == DutyKind.Session,
            policy.Weights.Of(duty.Kind, duty.Intensity));
    }
}
