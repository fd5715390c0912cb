namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// A stretch of facilitation that counts for load: two instants (the end is not part of it), the shift's own IANA zone,
/// which decides on its local dates and nights, and its intensity, 1 (light) to 3 (demanding).
/// </summary>
internal readonly record struct Duty(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, int Intensity)
{
    internal bool Overlaps(Duty other) => StartsAt < other.EndsAt && other.StartsAt < EndsAt;
}

/// <summary>The duty asked for, at a start that the search for an eligible one may move. Instants are UTC ticks.</summary>
internal readonly record struct Placement(long Start, long Length, TimeZoneInfo Zone, bool IsDemanding)
{
    public long End => Start + Length;

    public static Placement Of(Duty duty, BurnoutPolicy policy)
    {
        var start = duty.StartsAt.UtcTicks;
        var length = duty.EndsAt.UtcTicks - start;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(duty));
        return new Placement(start, length, LocalClock.Zone(duty.TimeZone), duty.Intensity >= policy.DemandingFrom);
    }
}
