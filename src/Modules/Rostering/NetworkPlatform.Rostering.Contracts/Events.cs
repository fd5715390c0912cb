namespace NetworkPlatform.Rostering.Contracts;

/// <summary>So many places are to be taken on a shift of a session: said when the shift is opened, and when their number changes.</summary>
/// <param name="Revision">Grows with each change of the shift; an event with a lower one than already seen is out of date.</param>
public sealed record PlacesOpened(Guid ShiftId, Guid SessionId, int Places, int Revision);

/// <summary>A volunteer has a confirmed place on a shift; also when one that was offered from the waitlist is confirmed, or a swap gave it.</summary>
/// <param name="SessionId">Null for a shift that stands alone.</param>
public sealed record VolunteerSignedUp(Guid SignUpId, Guid ShiftId, Guid? SessionId, Guid VolunteerId, Guid ChapterId);

/// <summary>All places are taken; the volunteer waits for one. Also when a place on offer is taken back, since its session has moved.</summary>
public sealed record VolunteerWaitlisted(Guid SignUpId, Guid ShiftId, Guid VolunteerId, Guid ChapterId);

/// <summary>A place has come free for somebody on the waitlist. It is theirs until <paramref name="ConfirmBy"/>; then it goes on to the next.</summary>
public sealed record PlaceOffered(Guid SignUpId, Guid ShiftId, Guid VolunteerId, Guid ChapterId, DateTimeOffset ConfirmBy);

/// <summary>An offer's time is up, whether or not it was answered. Published with the offer, for later.</summary>
public sealed record OfferTimeUp(Guid SignUpId);

/// <summary>A sign-up is no more.</summary>
/// <param name="WasConfirmed">False for one that was only waitlisted or offered.</param>
/// <param name="WithShift">Because the shift itself is cancelled.</param>
public sealed record SignUpCancelled(Guid SignUpId, Guid ShiftId, Guid? SessionId, Guid VolunteerId, bool WasConfirmed, bool WithShift = false);

/// <summary>A confirmed volunteer cancelled shortly before the start, by the burnout policy's self-cancel: coordinators should know at once.</summary>
public sealed record SignUpCancelledLate(Guid SignUpId, Guid ShiftId, Guid? SessionId, Guid VolunteerId, Guid ChapterId, DateTimeOffset StartsAt, string? Reason);

/// <summary>A shift that had somebody has nobody any more.</summary>
public sealed record ShiftUncovered(Guid ShiftId, Guid? SessionId, Guid ChapterId, DateTimeOffset StartsAt);

/// <summary>A volunteer is there.</summary>
public sealed record VolunteerCheckedIn(Guid SignUpId, Guid ShiftId, Guid VolunteerId, Guid ChapterId, DateTimeOffset At);

/// <summary>How a volunteer's shift ended.</summary>
/// <param name="GroupId">Null for a shift that stands alone.</param>
/// <param name="VolunteerId">A stand-in's where the volunteer has been erased: always the same.</param>
/// <param name="StartedAt">When the shift began.</param>
/// <param name="Minutes">Time actually given; 0 unless attended.</param>
/// <param name="Attended">False where the volunteer was excused or did not come.</param>
/// <param name="Outcome">attended, excused or no-show; null in an event of an earlier version.</param>
public sealed record ShiftCompleted(
    Guid SignUpId, Guid ShiftId, Guid? SessionId, Guid? GroupId, Guid ChapterId, Guid VolunteerId, DateTimeOffset StartedAt, int Minutes, bool Attended, string? Outcome = null);

/// <summary>Something critical happened in a session: its volunteer takes no further shift before a debrief.</summary>
public sealed record DebriefNeeded(Guid SignUpId, Guid ShiftId, Guid VolunteerId, Guid ChapterId);

/// <summary>A session was talked over.</summary>
public sealed record DebriefLogged(Guid SignUpId, Guid ShiftId, Guid VolunteerId, Guid ChapterId);

/// <summary>A volunteer asks for somebody to take over a shift.</summary>
/// <param name="ToVolunteerId">Who is asked; null for anybody.</param>
/// <param name="InReturnShiftId">The shift asked for in return; null for none.</param>
public sealed record SwapRequested(Guid SwapId, Guid ShiftId, Guid FromVolunteerId, Guid? ToVolunteerId, Guid? InReturnShiftId, Guid ChapterId, DateTimeOffset Until);

/// <summary>A request to swap or cover has come to an end.</summary>
/// <param name="Outcome">accepted, declined, withdrawn or lapsed.</param>
public sealed record SwapEnded(Guid SwapId, Guid ShiftId, Guid FromVolunteerId, Guid? ToVolunteerId, Guid ChapterId, string Outcome);

/// <summary>The time of a request to swap or cover is up, whether or not it was answered. Published with the request, for later.</summary>
public sealed record SwapTimeUp(Guid SwapId);

/// <summary>A standing sign-up could not take one of its shifts.</summary>
/// <param name="Problem">Name of what stood in the way, for example burnout-limit.</param>
public sealed record StandingSignUpSkipped(Guid StandingId, Guid ShiftId, Guid VolunteerId, Guid ChapterId, string Problem);

/// <summary>A place that was taken or is offered brings a volunteer near a limit on their load that only warns, or past one by an override. It is not taken back when the sign-up ends in another way than attended.</summary>
/// <param name="Limits">Names of the limits, such as hours-7d.</param>
/// <param name="Overridden">Past a limit that refuses.</param>
public sealed record VolunteerOverloaded(Guid SignUpId, Guid VolunteerId, IReadOnlyList<string> Limits, bool Overridden);

/// <summary>A volunteer has checked how they are. Neither who nor what came out, since that is theirs alone.</summary>
public sealed record WellbeingChecked(DateTimeOffset At);

/// <summary>A shift takes place at another time than before.</summary>
/// <param name="Revision">Counts the moves of its session.</param>
public sealed record ShiftMoved(Guid ShiftId, Guid? SessionId, Guid ChapterId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Revision);
