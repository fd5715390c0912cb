using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Registry.Sessions;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>When and where a meeting takes place: local wall-clock time in an IANA zone, repeated by an RRULE.</summary>
/// <param name="StartsOn">First local date that counts.</param>
internal sealed record Timetable(DateOnly StartsOn, TimeOnly StartTime, int DurationMinutes, string TimeZone, string Recurrence);

/// <summary>A group's recurring schedule. It puts its sessions on the calendar some weeks ahead.</summary>
internal sealed class Meeting : Entity, IOfChapter
{
    internal const int UrlLength = 2000;
    internal const int RecurrenceLength = 500;
    internal const int MaxMinutes = 24 * 60;
    internal const int MaxFacilitators = 20;

    /// <summary>How far ahead sessions are on the calendar.</summary>
    internal static readonly TimeSpan Horizon = TimeSpan.FromDays(7 * 8);

    public required Guid GroupId { get; set; }

    public required Guid ChapterId { get; init; }

    /// <summary>What volunteers read on their shift.</summary>
    public required string Name { get; set; }

    public Guid? VenueId { get; set; }

    public string? ConferenceUrl { get; set; }

    public string? Notes { get; set; }

    public DateOnly StartsOn { get; private set; }

    public TimeOnly StartTime { get; private set; }

    public int DurationMinutes { get; private set; }

    public string TimeZone { get; private set; } = "";

    public string Recurrence { get; private set; } = "";

    public required int Facilitators { get; init; }

    /// <summary>1 light, 2 moderate, 3 demanding.</summary>
    public required int Intensity { get; init; }

    /// <summary>Last local date up to which sessions have been made. It never goes back, so that whatever lies beyond it is free.</summary>
    public DateOnly ScheduledUntil { get; private set; } = DateOnly.MinValue;

    public string? ImportSlug { get; init; }

    public string? ImportFingerprint { get; set; }

    public bool NeedsReview { get; set; }

    internal Timetable Timetable
    {
        get => new(StartsOn, StartTime, DurationMinutes, TimeZone, Recurrence);
        set => (StartsOn, StartTime, DurationMinutes, TimeZone, Recurrence) = value;
    }

    /// <summary>The sessions between what is on the calendar already and the horizon; none that has already ended.</summary>
    internal IReadOnlyList<Session> ExtendTo(DateTimeOffset now)
    {
        var made = ScheduledUntil;
        ReachTo(now + Horizon);
        return [.. Occurrences(now).Where(o => o.On > made).Select(o => Session.Of(this, o))];
    }

    /// <summary>
    /// Takes a new timetable and brings the sessions to come into line with it: those whose date is no longer one are cancelled, those at another time are
    /// moved, missing ones are added, and the rest stay as they are. Sessions that somebody cancelled stay cancelled, and what has begun stays as it is: both hold their date.
    /// Where an earlier schedule's session was cancelled here, its date is free for a new one: whoever was told that it is cancelled holds that for final.
    /// What somebody has put off past its date is left alone, since the timetable has no later time for it; only its zone changes with the others'.
    /// </summary>
    /// <param name="sessions">The meeting's sessions that have not begun or hold a date that may be wanted, whatever their status.</param>
    internal (IReadOnlyList<Session> Added, IReadOnlyList<object> Events) Reschedule(Timetable timetable, IReadOnlyCollection<Session> sessions, DateTimeOffset now)
    {
        var isRezoned = timetable.TimeZone != TimeZone;
        Timetable = timetable;
        ReachTo(now + Horizon);
        var (rule, today) = (Rule(), now.DateIn(TimeZone));
        var wanted = Occurrences(now).Where(o => o.StartsAt > now).ToDictionary(o => o.On);
        List<object> events = [];
        foreach (var session in sessions.Where(s => s.SupersededAt is null))
        {
            wanted.Remove(session.OccursOn, out var occurrence);
            if (session.StartsAt <= now || session.Status != SessionStatus.Scheduled)
            {
                continue;
            }

            if (occurrence is null && session.OccursOn >= today && !rule.Occurrences(StartsOn, session.OccursOn, session.OccursOn).Any())
            {
                events.Add(session.Supersede(now, "The meeting's schedule has changed."));
            }
            else if (session.Move(occurrence?.StartsAt ?? session.StartsAt, occurrence?.EndsAt ?? session.EndsAt, TimeZone, isRezoned) is { } moved)
            {
                events.Add(moved with { WithMeeting = occurrence is not null });
            }
        }

        return ([.. wanted.Values.OrderBy(o => o.StartsAt).Select(o => Session.Of(this, o))], events);
    }

    internal SessionScheduled Announce(Session session, string groupName) =>
        new(session.Id, GroupId, ChapterId, groupName, session.StartsAt, session.EndsAt, TimeZone, Facilitators, Intensity, Id);

    /// <summary>A day earlier, for a session that began before midnight and goes on.</summary>
    private IEnumerable<Occurrence> Occurrences(DateTimeOffset now) => Rule().Occurrences(StartsOn, now.DateIn(TimeZone).AddDays(-1), ScheduledUntil)
        .Select(on =>
        {
            var startsAt = LocalTimes.ToInstant(on, StartTime, TimeZone);
            return new Occurrence(on, startsAt, startsAt.AddMinutes(DurationMinutes));
        })
        .Where(o => o.EndsAt > now);

    private Recurrence Rule() => Meetings.Recurrence.TryParse(Recurrence, out var recurrence, out var problem)
        ? recurrence.EndingIn(TimeZone, StartTime)
        : throw new InvalidOperationException($"Meeting {Id} has a recurrence that cannot be read: {problem}");

    /// <summary>In a zone further west the date may be one that has been passed already.</summary>
    private void ReachTo(DateTimeOffset horizon)
    {
        var date = horizon.DateIn(TimeZone);
        ScheduledUntil = date > ScheduledUntil ? date : ScheduledUntil;
    }
}

/// <summary>A date on which a meeting takes place, and the instants between which it does.</summary>
internal sealed record Occurrence(DateOnly On, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
