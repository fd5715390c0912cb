using System.Text.Json;
using System.Text.RegularExpressions;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Imports;

/// <summary>Where and how a meeting is attended, from a row's address, position, conference and attendance fields.</summary>
internal sealed record MeetingGuidePlace(FeedVenue? Venue, string? ConferenceUrl, MeetingFormat Format)
{
    private const string AttendanceAllowed = "allowed are in_person, online, hybrid and inactive";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    // "12 Mill Lane", "Mill Lane", but not "St. Anytown". Feeds put a whole address into one field, so it starts with the street.
    private static readonly Regex _street = new(
        "^[^,]*([0-9]|\\S\\s+(st|street|ave|avenue|rd|road|ln|lane|dr|drive|blvd|boulevard|hwy|highway|square|court|place|way)\\b)",
        Options);

    internal static MeetingGuidePlace Read(MeetingGuideFields fields, string? location, MeetingGuideTypes types)
    {
        var (addressField, address, isSplit) = Address(fields);
        var saysApproximate = Approximate(fields);
        var hasStreet = address is not null && !(saysApproximate ?? !(isSplit || _street.IsMatch(address)));
        var position = Position(fields);
        var url = Link(fields);
        var hasPhone = HasPhone(fields, url);
        var facts = new Facts(addressField, hasStreet, url is not null || hasPhone, address is not null || location is not null);
        var format = Attendance(fields, types, facts);
        var isOnlyAnArea = format == MeetingFormat.Online && !hasStreet;
        var venue = isOnlyAnArea || (location ?? FirstPart(fields, address)) is not { } name
            ? null
            : new FeedVenue(name, address ?? "", position?.Latitude, position?.Longitude, !hasStreet);
        return new MeetingGuidePlace(venue, url, format);
    }

    private static MeetingFormat Attendance(MeetingGuideFields fields, MeetingGuideTypes types, Facts facts)
    {
        var said = fields.Line("attendance_option", 32)?.ToLowerInvariant();
        MeetingFormat? coherent = null;
        switch (said)
        {
            case null:
                break;
            case "inactive":
                fields.Review("attendance_option", "says that the meeting is inactive");
                break;
            case "in_person" when facts.HasPlace && !types.IsTemporarilyClosed:
                coherent = MeetingFormat.InPerson;
                break;
            case "online" when facts.HasConference:
                coherent = MeetingFormat.Online;
                break;
            case "hybrid" when facts.HasPlace && facts.HasConference && !types.IsTemporarilyClosed:
                coherent = MeetingFormat.Hybrid;
                break;
            case "in_person" or "online" or "hybrid":
                fields.Review("attendance_option", $"says {said}, but address, link or types say otherwise; those were believed");
                break;
            default:
                fields.Review("attendance_option", $"is not known, and was taken from the rest; {AttendanceAllowed}");
                break;
        }

        var format = coherent ?? Inferred(types, facts);
        ReviewWhatIsMissing(fields, types, facts, format);
        return format;
    }

    private static MeetingFormat Inferred(MeetingGuideTypes types, Facts facts) => facts switch
    {
        { HasConference: true, HasStreet: true } when !types.IsTemporarilyClosed => MeetingFormat.Hybrid,
        { HasConference: true } => MeetingFormat.Online,
        { HasStreet: false } when types.SaysOnline => MeetingFormat.Online,
        _ when types.SaysOnline && types.IsTemporarilyClosed => MeetingFormat.Online,
        _ => MeetingFormat.InPerson,
    };

    private static void ReviewWhatIsMissing(MeetingGuideFields fields, MeetingGuideTypes types, Facts facts, MeetingFormat format)
    {
        if (!facts.HasPlace && !facts.HasConference)
        {
            fields.Review(facts.AddressField, "is missing, and there is no conference link either; nobody could attend");
        }
        else if (format != MeetingFormat.Online && !facts.HasStreet)
        {
            fields.Review(facts.AddressField, "names no street; an in-person meeting needs an exact address");
        }

        if (types.SaysOnline && !facts.HasConference)
        {
            fields.Review("conference_url", "is missing, but the types say that the meeting is online");
        }

        if (types.IsTemporarilyClosed && !facts.HasConference)
        {
            fields.Review("types", "say that the place is closed for now, and there is no conference link");
        }
    }

    private static (string Field, string? Address, bool IsSplit) Address(MeetingGuideFields fields)
    {
        var whole = fields.Line("formatted_address", 512);
        var street = fields.Line("address", 512);
        var city = fields.Line("city", 255);
        var area = string.Join(' ', new[] { fields.Line("state", 255), fields.LineOrWholeNumber("postal_code", 255) }.OfType<string>());
        var country = fields.Line("country", 255);
        var joined = string.Join(", ", new[] { street, city, area, country }.Where(part => !string.IsNullOrEmpty(part)));
        if (whole is null && joined.Length > 512)
        {
            fields.Reject("address", $"has {joined.Length} characters with city, state, postal_code and country; at most 512 are allowed");
        }

        var field = whole is null && joined.Length > 0 ? "address" : "formatted_address";
        var address = whole ?? (joined.Length > 0 ? joined : null);
        return (field, fields.Public(field, address, isAddress: true), whole is null && street is not null && city is not null);
    }

    // The name of a venue that has none.
    private static string? FirstPart(MeetingGuideFields fields, string? address)
    {
        var end = address?.IndexOf(',', StringComparison.Ordinal) ?? -1;
        var part = end < 1 ? address : address![..end].TrimEnd();
        if (part?.Length > MeetingGuideRow.LongestName)
        {
            fields.Reject("location", $"is missing, and the address starts with over {MeetingGuideRow.LongestName} characters");
        }

        return part;
    }

    private static bool? Approximate(MeetingGuideFields fields)
    {
        switch (fields.Member("approximate"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
        }

        var text = fields.Line("approximate", 255);
        if (text is not null && text.ToUpperInvariant() is not ("YES" or "NO"))
        {
            fields.Review("approximate", "is neither yes nor no, and was not used");
            return null;
        }

        return text is null ? null : text.Equals("yes", StringComparison.OrdinalIgnoreCase);
    }

    private static (decimal Latitude, decimal Longitude)? Position(MeetingGuideFields fields)
    {
        var known = fields.Problems.Count + fields.Reviews.Count;
        var latitude = fields.Degrees("latitude", 90);
        var longitude = fields.Degrees("longitude", 180);
        if (latitude is { } north && longitude is { } east)
        {
            return (north, east);
        }

        if ((latitude is null) != (longitude is null) && fields.Problems.Count + fields.Reviews.Count == known)
        {
            fields.Review(latitude is null ? "latitude" : "longitude", "is missing; the position was left out");
        }

        return null;
    }

    private static string? Link(MeetingGuideFields fields)
    {
        if (fields.Line("conference_url", 2000) is not { } text)
        {
            return null;
        }

        // A name or password before the host is somebody's login, or made to look like another host.
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Host.Length: > 0 })
        {
            return text;
        }

        fields.Review("conference_url", "is not an absolute http or https address, and was left out");
        return null;
    }

    private static bool HasPhone(MeetingGuideFields fields, string? url)
    {
        var hasPhone = fields.LineOrWholeNumber("conference_phone", 255) is not null;
        if (hasPhone && url is null)
        {
            fields.Review("conference_phone", "is the only way to attend from afar, but phone numbers are not taken over; add a link");
        }

        return hasPhone;
    }

    private sealed record Facts(string AddressField, bool HasStreet, bool HasConference, bool HasPlace);
}
