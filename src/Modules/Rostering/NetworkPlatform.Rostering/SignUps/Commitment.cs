using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// What a sign-up weighs that is confirmed or offered, for every tenant of the network to count: a bare interval, without names or places. Its id is the sign-up's, or that
/// of a swap whose shift somebody may still get.
/// </summary>
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

    public string TimeZone { get; private set; } = "";

    public int Intensity { get; private init; }

    public DutyKind Kind { get; private init; }

    public DebriefDue Debrief { get; set; }

    /// <summary>The same, in a database that knows the person by another id.</summary>
    internal Commitment By(Guid personId) => new() { Id = Id, PersonId = personId, StartsAt = StartsAt, EndsAt = EndsAt, TimeZone = TimeZone, Intensity = Intensity, Kind = Kind, Debrief = Debrief };

    internal static Commitment Of(Guid id, Guid personId, Duty duty) => new()
    {
        Id = id,
        PersonId = personId,
        StartsAt = duty.StartsAt,
        EndsAt = duty.EndsAt,
        TimeZone = duty.TimeZone,
        Intensity = duty.Intensity,
        Kind = duty.Kind,
    };
}
