using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Shifts;

internal enum ShiftRole
{
    Facilitator,
}

internal enum ShiftStatus
{
    Open,
    Cancelled,
}

/// <summary>A facilitation duty on a session.</summary>
internal sealed class Shift : Entity, IOfChapter
{
    internal const int TitleLength = 255;

    public required Guid SessionId { get; init; }

    public required Guid GroupId { get; init; }

    public required Guid ChapterId { get; init; }

    public required string Title { get; init; }

    public ShiftRole Role { get; init; }

    public required DateTimeOffset StartsAt { get; set; }

    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>IANA zone whose local dates and nights count.</summary>
    public required string TimeZone { get; init; }

    public required int Places { get; init; }

    /// <summary>Confirmed sign-ups. Changed only under <see cref="RosteringLocks.LockShift"/>.</summary>
    public int Taken { get; private set; }

    /// <summary>1 light, 2 moderate, 3 demanding.</summary>
    public required int Intensity { get; init; }

    public ShiftStatus Status { get; set; }

    /// <summary>The newest change of the session that was taken over.</summary>
    public int SessionRevision { get; set; }

    /// <summary>False where none is free.</summary>
    internal bool TakePlace()
    {
        if (Taken >= Places)
        {
            return false;
        }

        Taken++;
        return true;
    }

    internal void ReleasePlace() => Taken--;

    internal Duty ToDuty() => new(StartsAt, EndsAt, TimeZone, Intensity);
}

internal sealed record ShiftNotFound() : NotFound("There is no such shift.");

internal sealed record ShiftIsCancelled() : Conflict("The shift is cancelled.");

internal sealed record ShiftIsOver(DateTimeOffset EndedAt) : RuleBroken("The shift is over.");

/// <summary>An event about a session arrived before the one that opens its shift; it is tried again.</summary>
internal sealed record ShiftNotOpenedYet(Guid SessionId) : Conflict("The session's shift has not been opened yet.");
