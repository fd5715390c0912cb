using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Sessions;

internal enum SessionStatus
{
    Scheduled,
    Cancelled,
    Held,
}

/// <summary>One dated occurrence of a meeting.</summary>
internal sealed class Session : Entity, IOfChapter
{
    internal const int ReasonLength = 500;
    internal const int MaxParticipants = 10_000;

    /// <summary>Why what was to come of a closed group is cancelled.</summary>
    internal const string GroupHasClosed = "The group has closed.";

    private Session()
    {
    }

    public Guid MeetingId { get; private init; }

    /// <summary>The meeting's, as long as it is to come and not cancelled.</summary>
    public Guid GroupId { get; private set; }

    public Guid ChapterId { get; private init; }

    /// <summary>The local date that the recurrence gave it, and keeps when it is moved (iCalendar's RECURRENCE-ID).</summary>
    public DateOnly OccursOn { get; private init; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public SessionStatus Status { get; private set; }

    public string? CancelReason { get; private set; }

    /// <summary>When a change of the meeting's schedule or the end of its group cancelled it, which nobody decided for its date: another session may take that date.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    /// <summary>How many took part; counted, never named.</summary>
    public int? Participants { get; private set; }

    internal static Session Of(Meeting meeting, Occurrence occurrence) => new()
    {
        MeetingId = meeting.Id,
        GroupId = meeting.GroupId,
        ChapterId = meeting.ChapterId,
        OccursOn = occurrence.On,
        StartsAt = occurrence.StartsAt,
        EndsAt = occurrence.EndsAt,
    };

    internal SessionCancelled Cancel(string? reason)
    {
        Status = SessionStatus.Cancelled;
        CancelReason = reason;
        return new SessionCancelled(Id, reason);
    }

    internal SessionCancelled Supersede(DateTimeOffset now, string reason)
    {
        SupersededAt = now;
        return Cancel(reason);
    }

    internal SessionRegrouped Regroup(Group group)
    {
        GroupId = group.Id;
        return new SessionRegrouped(Id, group.Id, group.Name, Version, MeetingId);
    }

    /// <summary>Null where it takes place then already: nothing is changed, so nothing would count the revision on.</summary>
    /// <param name="timeZone">The meeting's.</param>
    /// <param name="isNewZone">The meeting had another one before. Whoever saves the session counts its revision on, whatever else has changed.</param>
    internal SessionMoved? Move(DateTimeOffset startsAt, DateTimeOffset endsAt, string timeZone, bool isNewZone = false)
    {
        if (StartsAt == startsAt && EndsAt == endsAt && !isNewZone)
        {
            return null;
        }

        StartsAt = startsAt;
        EndsAt = endsAt;
        return new SessionMoved(Id, startsAt, endsAt, Version, timeZone, MeetingId: MeetingId);
    }

    internal SessionHeld Hold(int participants)
    {
        Status = SessionStatus.Held;
        Participants = participants;
        return new SessionHeld(Id, GroupId, ChapterId, StartsAt, participants);
    }
}

internal sealed record SessionNotFound() : NotFound("There is no such session.");

internal sealed record SessionNotScheduled(SessionStatus SessionStatus) : Conflict("The session was cancelled or has been held, so it can no longer be changed.");

internal sealed record SessionNotStarted(DateTimeOffset StartsAt) : RuleBroken("Attendance can be recorded once the session has started.");
