using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>What a confirmed sign-up weighs, for every tenant of the network to count: a bare interval, without names or places. Its id is the sign-up's.</summary>
[Shared("burnout limits count a volunteer's shifts in every tenant of the network")]
[Pseudonymous("a bare interval of somebody in the network; goes with the volunteer's sign-ups, see ErasePersonalData")]
internal sealed class Commitment : NetworkEntity
{
    /// <summary>The longest window of the limits, and a day for its edges.</summary>
    internal const int DaysThatCount = 366;

    private Commitment()
    {
    }

    public Guid PersonId { get; set; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    public string TimeZone { get; private init; } = "";

    public int Intensity { get; private init; }

    internal static Commitment Of(SignUp signUp, Guid personId, Duty duty) => new()
    {
        Id = signUp.Id,
        PersonId = personId,
        StartsAt = duty.StartsAt,
        EndsAt = duty.EndsAt,
        TimeZone = duty.TimeZone,
        Intensity = duty.Intensity,
    };
}

internal static class CommitmentQueries
{
    /// <summary>All that can count with a shift around the instant: what ended up to a year before, and everything after.</summary>
    internal static IQueryable<Duty> DutiesAround(this DbSet<Commitment> commitments, Guid personId, DateTimeOffset instant)
    {
        var since = instant.AddDays(-Commitment.DaysThatCount);
        return commitments.Where(c => c.PersonId == personId && c.EndsAt > since).Select(c => new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity));
    }
}
