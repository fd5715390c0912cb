using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Where a meeting is. The name is the location's, or else the first part of the address; the address is empty where the feed
/// gives none. Latitude and longitude are degrees, rounded to six places (0.1 m), both or neither. Approximate: the feed says
/// so, or there is no street in the address.
/// </summary>
internal sealed record FeedVenue(string Name, string Address, decimal? Latitude, decimal? Longitude, bool Approximate);

/// <summary>
/// A weekly meeting as read from a feed, in our own words. No contact, phone number, e-mail address or payment handle is ever
/// in it: the feed's fields for them are not read, and such text within names and notes is taken out.
/// </summary>
/// <param name="Slug">The feed's own key for the meeting, at most 64 characters, unique in the feed; in small letters.</param>
/// <param name="Name">At most 255 characters.</param>
/// <param name="GroupName">At most 255 characters.</param>
/// <param name="Days">At least one; distinct, from Sunday on.</param>
/// <param name="StartTime">Local wall-clock time, in whole minutes.</param>
/// <param name="DurationMinutes">1 to 1440; 60 where the feed gives no end.</param>
/// <param name="TimeZone">IANA name; null: the import's default.</param>
/// <param name="Venue">Null where there is none, and for online meetings whose address is no more than an area.</param>
/// <param name="ConferenceUrl">Absolute http or https, at most 2000 characters.</param>
/// <param name="Format">The feed's attendance_option where it fits the rest, or else inferred.</param>
/// <param name="Languages">BCP 47, sorted; empty where the feed does not say.</param>
/// <param name="Accessibility">Words of our own taxonomy, sorted: see <see cref="MeetingGuideTypes"/>.</param>
/// <param name="Types">The feed's codes, upper case, distinct, sorted; unknown ones too.</param>
/// <param name="Notes">At most 5000 characters; lines end with a line feed.</param>
/// <param name="GroupNotes">The same, about the group.</param>
internal sealed record MeetingGuideMeeting(
    string Slug,
    string Name,
    string? GroupName,
    IReadOnlyList<DayOfWeek> Days,
    TimeOnly StartTime,
    int DurationMinutes,
    string? TimeZone,
    FeedVenue? Venue,
    string? ConferenceUrl,
    MeetingFormat Format,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Accessibility,
    IReadOnlyList<string> Types,
    string? Notes,
    string? GroupNotes)
{
    /// <summary>
    /// SHA-256 (64 lower-case hexadecimal digits) of everything above. Two rows with the same fingerprint are stored the same,
    /// whatever their order of members, "updated" and members that are not read.
    /// </summary>
    internal string Fingerprint
    {
        get
        {
            // Text that was read from a feed holds no NUL, its lines no line feed, and none of it is empty where it could be null.
            string?[] content =
            [
                Slug, Name, GroupName,
                string.Join('\n', Days.Select(day => (int)day)),
                StartTime.ToString("HH:mm", CultureInfo.InvariantCulture),
                DurationMinutes.ToString(CultureInfo.InvariantCulture),
                TimeZone,
                Venue?.Name, Venue?.Address, Degrees(Venue?.Latitude), Degrees(Venue?.Longitude), Venue?.Approximate.ToString(),
                ConferenceUrl,
                Format.ToString(),
                string.Join('\n', Languages), string.Join('\n', Accessibility), string.Join('\n', Types),
                Notes, GroupNotes,
            ];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', content))));
        }
    }

    private static string? Degrees(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}
