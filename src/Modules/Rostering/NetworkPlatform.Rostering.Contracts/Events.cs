namespace NetworkPlatform.Rostering.Contracts;

/// <summary>A volunteer has a confirmed place on a shift; also when promoted from the waitlist.</summary>
public sealed record VolunteerSignedUp(Guid SignUpId, Guid ShiftId, Guid SessionId, Guid VolunteerId, Guid ChapterId);

/// <summary>A sign-up is no more.</summary>
/// <param name="WasConfirmed">False for one that was only waitlisted.</param>
public sealed record SignUpCancelled(Guid SignUpId, Guid ShiftId, Guid SessionId, Guid VolunteerId, bool WasConfirmed);

/// <summary>How a volunteer's shift ended.</summary>
/// <param name="StartedAt">When the shift began.</param>
/// <param name="Minutes">Time actually given; 0 unless attended.</param>
/// <param name="Attended">False where the volunteer was excused or did not come.</param>
public sealed record ShiftCompleted(
    Guid SignUpId, Guid ShiftId, Guid SessionId, Guid GroupId, Guid ChapterId, Guid VolunteerId, DateTimeOffset StartedAt, int Minutes, bool Attended);

/// <summary>A volunteer has checked how they are. Neither who nor what came out, since that is theirs alone.</summary>
public sealed record WellbeingChecked(DateTimeOffset At);
