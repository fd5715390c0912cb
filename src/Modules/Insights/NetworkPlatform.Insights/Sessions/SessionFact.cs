namespace NetworkPlatform.Insights.Sessions;

/// <summary>
/// What is known of a session so far. Events come in any order and more than once; the same events always end in the same fact. What was held tells
/// best when it began and whose it was, then the latest change, then the schedule.
/// </summary>
internal sealed class SessionFact : Entity
{
    private SessionFact()
    {
    }

    /// <summary>Null until it was heard of as scheduled or held.</summary>
    public Guid? GroupId { get; private set; }

    /// <summary>Null while only its cancellation was heard of.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    /// <summary>Of the latest move.</summary>
    public int? MovedRevision { get; private set; }

    /// <summary>Of the latest change of its group.</summary>
    public int? GroupRevision { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>Counted, never named; null unless it was held. No report may tell it of fewer than 5 people, nor of one session.</summary>
    public int? Participants { get; private set; }

    internal static SessionFact About(Guid sessionId) => new() { Id = sessionId };

    internal void Apply(SessionChange change)
    {
        switch (change)
        {
            case SessionChange.Scheduled scheduled:
                if (GroupRevision is null && Participants is null)
                {
                    GroupId = scheduled.GroupId;
                }

                if (MovedRevision is null && Participants is null)
                {
                    StartsAt = scheduled.StartsAt;
                }

                break;
            case SessionChange.Moved moved when MovedRevision is null || moved.Revision > MovedRevision:
                MovedRevision = moved.Revision;
                if (Participants is null)
                {
                    StartsAt = moved.StartsAt;
                }

                break;
            case SessionChange.Regrouped regrouped when GroupRevision is null || regrouped.Revision > GroupRevision:
                GroupRevision = regrouped.Revision;
                if (Participants is null)
                {
                    GroupId = regrouped.GroupId;
                }

                break;
            case SessionChange.Cancelled:
                IsCancelled = true;
                break;
            case SessionChange.Held held:
                GroupId = held.GroupId;
                StartsAt = held.StartedAt;
                Participants = held.Participants;
                break;
        }
    }
}

/// <summary>What an event says of a session, as far as a fact keeps it. It is scheduled once, held once, and moved and regrouped once in each revision.</summary>
internal abstract record SessionChange
{
    internal sealed record Scheduled(Guid GroupId, DateTimeOffset StartsAt) : SessionChange;

    internal sealed record Moved(DateTimeOffset StartsAt, int Revision) : SessionChange;

    internal sealed record Regrouped(Guid GroupId, int Revision) : SessionChange;

    internal sealed record Cancelled : SessionChange;

    internal sealed record Held(Guid GroupId, DateTimeOffset StartedAt, int Participants) : SessionChange;
}
