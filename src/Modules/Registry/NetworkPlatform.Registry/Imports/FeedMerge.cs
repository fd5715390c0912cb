using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Meetings;
using NetworkPlatform.Registry.Sessions;
using NetworkPlatform.Registry.Venues;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Brings a feed's rows together with what a chapter has. A meeting is recognised by its slug and left alone while its fingerprint stays the same;
/// rows of one group name are one group. What the feed no longer lists stays: a file may be a part of a list. A group that was closed here stays closed: its
/// rows are taken, and make or move no sessions; those of a meeting that comes to it are cancelled, and one that leaves it has sessions again.
/// </summary>
internal sealed class FeedMerge(Guid chapterId, string defaultZone, FeedMerge.KnownRecords known, DateTimeOffset now)
{
    // Feeds do not say: the default of the field, two facilitators so that nobody leads alone, and the lightest weight.
    private const string Topic = "peer-support";
    private const int Facilitators = 2;
    private const int Intensity = 1;

    private readonly Dictionary<string, Group> groups = known.Groups.ToDictionary(g => g.ImportKey!, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Venue> venues = known.Venues.ToDictionary(v => v.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, Meeting> meetings = known.Meetings.ToDictionary(m => m.ImportSlug!, StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<Guid, Session> sessions = known.Sessions.ToLookup(s => s.MeetingId);
    private readonly Dictionary<Guid, int> listedOf = known.Meetings.CountBy(m => m.GroupId).ToDictionary();

    internal int Created { get; private set; }

    internal int Updated { get; private set; }

    internal int Unchanged { get; private set; }

    internal List<object> Added { get; } = [];

    internal List<object> Events { get; } = [];

    /// <summary>What is no longer what it was though no column of its own may have changed: groups whose meetings have, and sessions that were moved, be it to another zone alone.</summary>
    internal HashSet<Entity> Touched { get; } = [];

    internal static string GroupKey(MeetingGuideMeeting row) => row.GroupName ?? row.Name;

    /// <summary>The meetings whose row is no longer what it was.</summary>
    internal static IEnumerable<Meeting> Changed(IEnumerable<Meeting> meetings, IEnumerable<FeedRow> rows, string defaultZone)
    {
        var bySlug = rows.ToDictionary(r => r.Meeting!.Slug, r => r.Meeting!, StringComparer.OrdinalIgnoreCase);
        return meetings.Where(m => !IsSame(m, bySlug[m.ImportSlug!], defaultZone));
    }

    /// <summary>Takes all rows of one group.</summary>
    internal void Take(string groupKey, IReadOnlyList<FeedRow> rows)
    {
        var changed = rows.Where(r => !(meetings.TryGetValue(r.Meeting!.Slug, out var meeting) && IsSame(meeting, r.Meeting, defaultZone))).ToList();
        Unchanged += rows.Count - changed.Count;
        if (changed.Count == 0 && !(groups.TryGetValue(groupKey, out var before) && listedOf.GetValueOrDefault(before.Id) > rows.Count))
        {
            // Nor has the file one of its meetings under another group now.
            return;
        }

        var group = GroupOf(groupKey, [.. rows.Select(r => r.Meeting!)]);
        foreach (var row in changed)
        {
            if (meetings.TryGetValue(row.Meeting!.Slug, out var meeting))
            {
                Change(meeting, row, group);
            }
            else
            {
                Add(row, group);
            }
        }
    }

    private static bool IsSame(Meeting meeting, MeetingGuideMeeting row, string defaultZone) =>
        meeting.ImportFingerprint == row.Fingerprint && meeting.TimeZone == (row.TimeZone ?? defaultZone);

    private Group GroupOf(string key, IReadOnlyList<MeetingGuideMeeting> rows)
    {
        groups.TryGetValue(key, out var group);

        // What its meetings are that the file leaves out is known of the group as a whole only.
        var rest = group is not null && known.PartlyListed.Contains(group.Id) ? group : null;
        var formats = rows.Select(r => r.Format).Append(rest?.Format ?? rows[0].Format).Distinct().ToList();
        var format = formats is [var only] ? only : MeetingFormat.Hybrid;
        var languages = Words(rows.SelectMany(r => r.Languages), rest?.Languages);
        var accessibility = Words(rows.SelectMany(r => r.Accessibility), rest?.Accessibility);
        var description = rows.Select(r => r.GroupNotes).FirstOrDefault(n => n is not null) ?? rest?.Description;
        if (group is not null)
        {
            (group.Format, group.Languages, group.Accessibility, group.Description) = (format, languages, accessibility, description);
            return group;
        }

        // A published list is public already, so its groups are too.
        group = new Group
        {
            ChapterId = chapterId,
            Name = key,
            ImportKey = key,
            Topic = Topic,
            Leadership = Leadership.PeerLed,
            Format = format,
            Languages = languages,
            Accessibility = accessibility,
            Description = description,
            Status = GroupStatus.Published,
        };
        groups.Add(key, group);
        Added.Add(group);
        return group;
    }

    private static string[] Words(IEnumerable<string> ofRows, string[]? ofRest) => [.. ofRows.Concat(ofRest ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private Guid? VenueOf(FeedVenue? place)
    {
        if (place is null)
        {
            return null;
        }

        if (!venues.TryGetValue(Venue.KeyOf(place.Name, place.Address), out var venue))
        {
            venue = Venue.Create(chapterId, place.Name, place.Address, place.Latitude, place.Longitude);
            venues.Add(venue.Key, venue);
            Added.Add(venue);
        }
        else if (place is { Latitude: { } latitude, Longitude: { } longitude })
        {
            venue.PutAt(latitude, longitude);
        }

        return venue.Id;
    }

    private void Add(FeedRow row, Group group)
    {
        var feed = row.Meeting!;
        var meeting = new Meeting
        {
            GroupId = group.Id,
            ChapterId = chapterId,
            Name = feed.Name,
            VenueId = VenueOf(feed.Venue),
            ConferenceUrl = feed.ConferenceUrl,
            Notes = feed.Notes,
            Facilitators = Facilitators,
            Intensity = Intensity,
            ImportSlug = feed.Slug,
            ImportFingerprint = feed.Fingerprint,
            NeedsReview = row.Reviews.Count > 0,
            Timetable = TimetableOf(feed, LocalToday(feed)),
        };
        Added.Add(meeting);
        Touched.Add(group);
        if (group.Status != GroupStatus.Closed)
        {
            Announce(meeting, group, meeting.ExtendTo(now));
        }

        Created++;
    }

    private void Change(Meeting meeting, FeedRow row, Group group)
    {
        var feed = row.Meeting!;
        var before = known.Groups.Single(g => g.Id == meeting.GroupId);
        Touched.UnionWith([before, group]);
        Regroup(meeting, group, hadClosed: before.Status == GroupStatus.Closed);
        meeting.Name = feed.Name;
        meeting.VenueId = VenueOf(feed.Venue);
        meeting.ConferenceUrl = feed.ConferenceUrl;
        meeting.Notes = feed.Notes;
        meeting.ImportFingerprint = feed.Fingerprint;
        meeting.NeedsReview = row.Reviews.Count > 0;
        var timetable = TimetableOf(feed, meeting.StartsOn);
        if (group.Status == GroupStatus.Closed)
        {
            meeting.Timetable = timetable;
            Events.AddRange(sessions[meeting.Id].Where(s => s.StartsAt > now && s.Status == SessionStatus.Scheduled).Select(s => s.Supersede(now, Session.GroupHasClosed)));
        }
        else if (before.Status == GroupStatus.Closed || timetable != meeting.Timetable)
        {
            var (added, events) = meeting.Reschedule(timetable, [.. sessions[meeting.Id]], now);
            Events.AddRange(events);
            Touched.UnionWith(sessions[meeting.Id].IntersectBy(events.OfType<SessionMoved>().Select(e => e.SessionId), s => s.Id));
            Announce(meeting, group, added);
        }

        Updated++;
    }

    /// <summary>
    /// Its sessions to come go with it: whoever closes the old group must not cancel them, and from a closed one those that its end has cancelled take their series along. Those that have begun
    /// were the old group's, and so were those that are cancelled: their dates may be another meeting's by now.
    /// </summary>
    private void Regroup(Meeting meeting, Group group, bool hadClosed)
    {
        meeting.GroupId = group.Id;
        Events.AddRange(sessions[meeting.Id]
            .Where(s => s.StartsAt > now && s.GroupId != group.Id && (hadClosed ? s.CancelReason == Session.GroupHasClosed : s.Status == SessionStatus.Scheduled)).Select(s => s.Regroup(group)));
    }

    private void Announce(Meeting meeting, Group group, IEnumerable<Session> sessions)
    {
        foreach (var session in sessions)
        {
            Added.Add(session);
            Events.Add(meeting.Announce(session, group.Name));
        }
    }

    private Timetable TimetableOf(MeetingGuideMeeting feed, DateOnly startsOn) =>
        new(startsOn, feed.StartTime, feed.DurationMinutes, feed.TimeZone ?? defaultZone, Recurrence.Weekly(feed.Days).ToRule());

    private DateOnly LocalToday(MeetingGuideMeeting feed) => now.DateIn(feed.TimeZone ?? defaultZone);

    /// <summary>What the chapter has of groups, venues and meetings, and of the meetings that change the sessions that are to come or hold a date from the day before yesterday on.</summary>
    /// <param name="PartlyListed">The groups with meetings that the file does not list.</param>
    internal sealed record KnownRecords(
        IReadOnlyList<Group> Groups, IReadOnlyList<Guid> PartlyListed, IReadOnlyList<Venue> Venues, IReadOnlyList<Meeting> Meetings, IReadOnlyList<Session> Sessions);
}
