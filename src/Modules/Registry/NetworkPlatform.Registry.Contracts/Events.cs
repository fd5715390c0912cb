namespace NetworkPlatform.Registry.Contracts;

/// <summary>A dated occurrence of a meeting was put on the calendar.</summary>
/// <param name="TimeZone">IANA name of the zone in which the meeting keeps its local time.</param>
/// <param name="Facilitators">How many facilitators it needs.</param>
/// <param name="Intensity">How demanding it is to facilitate: 1 light, 2 moderate, 3 demanding.</param>
/// <param name="MeetingId">Null in an event of a version that did not tell it, here as below.</param>
public sealed record SessionScheduled(
    Guid SessionId, Guid GroupId, Guid ChapterId, string GroupName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, int Facilitators, int Intensity, Guid? MeetingId = null);

/// <summary>A session takes place at another time than before, or at the same by the clock of another zone.</summary>
/// <param name="Revision">Counts the changes of a session; an event with a lower one than already seen is out of date.</param>
/// <param name="TimeZone">IANA name of the zone in which the meeting keeps its local time; null in an event of a version that did not tell it.</param>
/// <param name="WithMeeting">Whether its meeting is at another time from now on, rather than this session alone.</param>
public sealed record SessionMoved(
    Guid SessionId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Revision, string? TimeZone = null, bool WithMeeting = false, Guid? MeetingId = null);

/// <summary>A session is another group's than before, since its meeting is.</summary>
/// <param name="GroupName">What volunteers read on its shifts.</param>
/// <param name="Revision">Counts the changes of a session; an event with a lower one than already seen of its kind is out of date.</param>
public sealed record SessionRegrouped(Guid SessionId, Guid GroupId, string GroupName, int Revision, Guid? MeetingId = null);

/// <summary>A session does not take place.</summary>
/// <param name="Reason">For the volunteers; null where none was given.</param>
public sealed record SessionCancelled(Guid SessionId, string? Reason);

/// <summary>A session took place. Participants are counted, never named.</summary>
public sealed record SessionHeld(Guid SessionId, Guid GroupId, Guid ChapterId, DateTimeOffset StartedAt, int Participants);
