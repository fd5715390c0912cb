using System.Text.Json;

namespace NetworkPlatform.Registry.Imports;

/// <summary>Reads one element of the feed's array. All problems of a row are reported, not only the first.</summary>
internal static class MeetingGuideRow
{
    internal const int LongestSlug = 64;
    internal const int LongestName = 255;
    internal const int LongestNotes = 5000;

    /// <summary>
    /// Reads the row with this number, counted from 1. Its slug joins <paramref name="slugs"/>, which hold the number of the row
    /// that had each first; that row keeps its slug even when it was rejected, so that mending it causes no new clash.
    /// </summary>
    internal static FeedRow Read(int row, JsonElement element, Dictionary<string, int> slugs)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new FeedRow(row, null, [new RowProblem("$", $"is {MeetingGuideFields.Kind(element)}; each row must be an object")], []);
        }

        var fields = new MeetingGuideFields(element);
        var slug = Slug(fields, row, slugs);
        var name = fields.Public("name", fields.RequiredLine("name", LongestName));
        var group = fields.Public("group", fields.Line("group", LongestName));
        var days = MeetingGuideTimes.Days(fields);
        var start = MeetingGuideTimes.Start(fields);
        var minutes = MeetingGuideTimes.Minutes(fields, start);
        var zone = MeetingGuideTimes.Zone(fields);
        var types = MeetingGuideTypes.Read(fields);
        var location = fields.Public("location", fields.Line("location", LongestName));
        var place = MeetingGuidePlace.Read(fields, location, types);
        var notes = fields.Public("notes", fields.Lines("notes", LongestNotes));
        var groupNotes = fields.Public("group_notes", fields.Lines("group_notes", LongestNotes));
        ReviewRhythm(fields, name, group, notes);

        var isRejected = fields.Problems.Count > 0 || slug is null || name is null || start is null;
        var meeting = isRejected
            ? null
            : new MeetingGuideMeeting(
                slug!, name!, group, days, start!.Value, minutes, zone, place.Venue, place.ConferenceUrl, place.Format,
                types.Languages, types.Accessibility, types.Codes, notes, groupNotes);
        return new FeedRow(row, meeting, fields.Problems, fields.Reviews);
    }

    private static string? Slug(MeetingGuideFields fields, int row, Dictionary<string, int> slugs)
    {
        // The specification prefers text, and allows whole numbers. Some programs write it now in capitals, now not.
        var slug = fields.RequiredLine("slug", LongestSlug, mayBeWholeNumber: true)?.ToLowerInvariant();
        if (slug is not null && !slugs.TryAdd(slug, row))
        {
            fields.Reject("slug", $"is the same as in row {slugs[slug]}; each meeting of a feed needs its own");
        }

        return slug;
    }

    // Not the group's notes: those speak of all its meetings, and mostly of business meetings.
    private static void ReviewRhythm(MeetingGuideFields fields, string? name, string? group, string? notes)
    {
        if (name is not null && MeetingGuideRhythm.IsHiddenInName(name))
        {
            fields.Review("name", MeetingGuideRhythm.Message);
        }

        if (group is not null && MeetingGuideRhythm.IsHiddenInName(group))
        {
            fields.Review("group", MeetingGuideRhythm.Message);
        }

        if (notes is not null && MeetingGuideRhythm.IsHiddenInNotes(notes))
        {
            fields.Review("notes", MeetingGuideRhythm.Message);
        }
    }
}
