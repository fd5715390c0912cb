using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Shifts;

internal enum ShiftStatus
{
    Open,
    Cancelled,
}

/// <summary>A duty with places: on a session, or by itself.</summary>
internal sealed class Shift : Entity, IOfChapter
{
    internal const int TitleLength = 255;

    /// <summary>Null for a shift that stands alone.</summary>
    public required Guid? SessionId { get; init; }

    /// <summary>The session's; null for a shift that stands alone, or from before meetings were told.</summary>
    public Guid? MeetingId { get; set; }

    public required Guid? GroupId { get; set; }

    public required Guid ChapterId { get; init; }

    public required string Title { get; set; }

    public ShiftRole Role { get; init; }

    public required DateTimeOffset StartsAt { get; set; }

    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>IANA zone whose local dates and nights count.</summary>
    public required string TimeZone { get; set; }

    public required int Places { get; set; }

    /// <summary>Places confirmed or on offer. Changed only under <see cref="RosteringLocks.LockShift"/>, as is the next; or counted up by <see cref="SignUps.PlaceTaking.CountPlace"/>.</summary>
    public int Taken { get; private set; }

    /// <summary>Of those taken, by people who are no first-timers.</summary>
    public int Experienced { get; private set; }

    /// <summary>1 light, 2 moderate, 3 demanding.</summary>
    public required int Intensity { get; init; }

    public ShiftStatus Status { get; set; }

    /// <summary>The newest move of the session that was taken over.</summary>
    public int SessionRevision { get; set; }

    /// <summary>The newest change of the session's group that was taken over.</summary>
    public int GroupRevision { get; set; }

    /// <summary>Null for none in particular.</summary>
    public ShiftTerms? Terms { get; set; }

    /// <summary>Whether it was given its terms by itself, so that a change of its role's leaves them.</summary>
    public bool HasOwnTerms { get; set; }

    internal bool HasRoom => Taken < Places;

    internal void TakePlace(bool experienced)
    {
        Taken++;
        Experienced += experienced ? 1 : 0;
    }

    internal void ReleasePlace(bool experienced)
    {
        Taken--;
        Experienced -= experienced ? 1 : 0;
    }

    /// <summary>Why nobody may ask for a place at this time; null within the window.</summary>
    internal Error? OutsideWindow(DateTimeOffset now)
    {
        if (Terms?.OpensDaysBefore is { } days && StartsAt.AddDays(-days) is var opensAt && opensAt > now)
        {
            return new SignUpNotOpen(opensAt);
        }

        return Terms?.ClosesHoursBefore is { } hours && StartsAt.AddHours(-hours) is var closedAt && closedAt <= now ? new SignUpClosed(closedAt) : null;
    }

    internal Duty ToDuty() => new(StartsAt, EndsAt, TimeZone, Intensity, Role.Kind());
}
