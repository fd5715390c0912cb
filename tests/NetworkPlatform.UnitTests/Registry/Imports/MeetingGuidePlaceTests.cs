using NetworkPlatform.Registry.Imports;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Imports;

public sealed class MeetingGuidePlaceTests
{
    private const string Street = "4 Weir Lane, Fordwick, UK";
    private const string Area = "Fordwick, UK";

    [Theory]
    // What the feed says nothing about is inferred.
    [InlineData(Street, false, "O", null, "InPerson", "")]
    [InlineData(Street, true, "O", null, "Hybrid", "")]
    [InlineData(Street, true, "ONL", null, "Hybrid", "")]
    [InlineData(Street, true, "TC", null, "Online", "")]
    [InlineData(Street, true, "ONL,TC", null, "Online", "")]
    [InlineData(Area, true, "O", null, "Online", "")]
    [InlineData(null, true, "O", null, "Online", "")]
    [InlineData(Area, false, "O", null, "InPerson", "formatted_address")]
    [InlineData(null, false, "O", null, "InPerson", "formatted_address")]
    [InlineData(Area, false, "ONL", null, "Online", "conference_url")]
    [InlineData(Street, false, "ONL", null, "InPerson", "conference_url")]
    [InlineData(Street, false, "ONL,TC", null, "Online", "conference_url types")]
    [InlineData(Street, false, "TC", null, "InPerson", "types")]
    // What it says wins where it fits.
    [InlineData(Street, true, "O", "in_person", "InPerson", "")]
    [InlineData(Street, true, "O", "ONLINE", "Online", "")]
    [InlineData(Street, true, "O", "hybrid", "Hybrid", "")]
    [InlineData(Area, true, "O", "hybrid", "Hybrid", "formatted_address")]
    [InlineData(Area, false, "O", "in_person", "InPerson", "formatted_address")]
    // And is for review where it does not.
    [InlineData(Street, false, "O", "online", "InPerson", "attendance_option")]
    [InlineData(Street, false, "O", "hybrid", "InPerson", "attendance_option")]
    [InlineData(Street, true, "TC", "in_person", "Online", "attendance_option")]
    [InlineData(Street, true, "TC", "hybrid", "Online", "attendance_option")]
    [InlineData(null, true, "O", "in_person", "Online", "attendance_option")]
    [InlineData(null, true, "O", "hybrid", "Online", "attendance_option")]
    [InlineData(Street, true, "O", "inactive", "Hybrid", "attendance_option")]
    [InlineData(Street, true, "O", "telepathy", "Hybrid", "attendance_option")]
    public void Infers_the_format(string? address, bool hasLink, string types, string? attendance, string format, string reviewed)
    {
        (string, string?)[] changes =
        [
            ("location", null), ("approximate", null), ("latitude", null), ("longitude", null), ("types", $"\"{types}\""),
            ("formatted_address", address is null ? null : $"\"{address}\""), ("conference_url", hasLink ? FeedSample.Hybrid : null),
            ("attendance_option", attendance is null ? null : $"\"{attendance}\""),
        ];
        FeedSample.Meeting(changes).Format.ToString().ShouldBe(format);
        FeedSample.Reviewed(changes).ShouldBe(reviewed);
    }

    [Theory]
    [InlineData("\"+44 117 496 0000,,123#\"")]
    [InlineData("441174960000")]
    public void A_conference_phone_makes_it_online_but_is_not_carried(string phone)
    {
        (string, string?)[] changes = [("conference_phone", phone), ("formatted_address", null), ("location", null)];
        var meeting = FeedSample.Meeting(changes);
        meeting.Format.ShouldBe(MeetingFormat.Online);
        meeting.ConferenceUrl.ShouldBeNull();
        meeting.ToString().ShouldNotContain("117");
        FeedSample.Reviewed(changes).ShouldBe("conference_phone");
        FeedSample.Reviewed([.. changes, ("conference_url", FeedSample.Hybrid)]).ShouldBe("");
    }

    [Theory]
    [InlineData("4 Weir Lane, Fordwick", true)]
    [InlineData("Weir Lane, Fordwick", true)]
    [InlineData("Mill St & Weir Ave, Fordwick", true)]
    [InlineData("Mill Building #2, Fordwick", true)]
    [InlineData("St. Fordwick, Kentshire", false)]
    [InlineData("Fordwick, FW4 1AA, UK", false)]
    [InlineData("Fordwick", false)]
    public void Knows_a_street_from_an_area_where_the_feed_does_not_say(string address, bool isStreet) =>
        FeedSample.Meeting(("formatted_address", $"\"{address}\""), ("approximate", null))
            .Venue.ShouldNotBeNull().Approximate.ShouldBe(!isStreet);

    [Theory]
    [InlineData("\"yes\"", true, "formatted_address")]
    [InlineData("\"YES\"", true, "formatted_address")]
    [InlineData("true", true, "formatted_address")]
    [InlineData("\"no\"", false, "")]
    [InlineData("false", false, "")]
    [InlineData("\"\"", false, "")]
    [InlineData("\"maybe\"", false, "approximate")]
    public void Believes_the_feed_on_approximate(string approximate, bool isApproximate, string reviewed)
    {
        FeedSample.Meeting(("approximate", approximate)).Venue.ShouldNotBeNull().Approximate.ShouldBe(isApproximate);
        FeedSample.Reviewed(("approximate", approximate)).ShouldBe(reviewed);
    }

    [Fact]
    public void Joins_a_split_address()
    {
        (string, string?)[] parts =
        [
            ("formatted_address", null), ("approximate", null), ("location", null), ("address", "\"Weirside\""), ("city", "\"Fordwick\""),
            ("state", "\"FW\""), ("postal_code", "4100"), ("country", "\"UK\""),
        ];
        FeedSample.Meeting(parts).Venue.ShouldBe(new FeedVenue("Weirside", "Weirside, Fordwick, FW 4100, UK", 51.5m, -0.25m, false));
        FeedSample.Meeting([.. parts, ("address", null)]).Venue.ShouldBe(
            new FeedVenue("Fordwick", "Fordwick, FW 4100, UK", 51.5m, -0.25m, true));
        FeedSample.Reviewed([.. parts, ("address", null)]).ShouldBe("address");
        FeedSample.Meeting([.. parts, ("formatted_address", "\"Weir Lane, Fordwick\"")])
            .Venue.ShouldNotBeNull().Address.ShouldBe("Weir Lane, Fordwick");
    }

    [Fact]
    public void Rejects_a_split_address_that_is_too_long_together()
    {
        (string, string?)[] parts = [("formatted_address", null), ("address", FeedSample.Long(257)), ("city", FeedSample.Long(253))];
        FeedSample.Meeting(parts).Venue.ShouldNotBeNull().Address.Length.ShouldBe(512);
        FeedSample.Problem([.. parts, ("address", FeedSample.Long(258))]).ShouldBe(
            new RowProblem("address", "has 513 characters with city, state, postal_code and country; at most 512 are allowed"));
    }

    [Fact]
    public void Names_a_venue_after_its_address_where_it_has_no_name()
    {
        FeedSample.Meeting(("location", null)).Venue.ShouldNotBeNull().Name.ShouldBe("4 Weir Lane");
        FeedSample.Meeting(("location", null), ("formatted_address", "\", Fordwick\"")).Venue.ShouldNotBeNull().Name.ShouldBe(", Fordwick");
        FeedSample.Meeting(("formatted_address", null)).Venue.ShouldBe(new FeedVenue("Mill House", "", 51.5m, -0.25m, true));
        FeedSample.Problem(("location", null), ("formatted_address", FeedSample.Long(256))).Field.ShouldBe("location");
    }

    [Fact]
    public void Has_no_venue_for_an_online_meeting_that_is_only_of_an_area_but_keeps_one_that_is_closed_for_now()
    {
        FeedSample.Meeting(("conference_url", FeedSample.Hybrid), ("approximate", "\"yes\"")).Venue.ShouldBeNull();
        var closed = FeedSample.Meeting(("conference_url", FeedSample.Hybrid), ("types", "\"TC\""));
        closed.Format.ShouldBe(MeetingFormat.Online);
        closed.Venue.ShouldNotBeNull().Name.ShouldBe("Mill House");
    }

    [Theory]
    [InlineData("51.12345649", "-0.1234565", 51.123456, -0.123456, "")]
    [InlineData("\"51.5\"", "\"-180\"", 51.5, -180d, "")]
    [InlineData("-90", "180", -90d, 180d, "")]
    [InlineData("null", "null", null, null, "")]
    [InlineData("\"\"", "\"\"", null, null, "")]
    [InlineData("90.1", "0", null, null, "latitude")]
    [InlineData("0", "-180.1", null, null, "longitude")]
    [InlineData("1e400", "1", null, null, "latitude")]
    [InlineData("\"north\"", "\"1,5\"", null, null, "latitude longitude")]
    [InlineData("1", "null", null, null, "longitude")]
    [InlineData("null", "1", null, null, "latitude")]
    public void Takes_a_position_whole_or_not_at_all(string latitude, string longitude, double? north, double? east, string reviewed)
    {
        var venue = FeedSample.Meeting(("latitude", latitude), ("longitude", longitude)).Venue.ShouldNotBeNull();
        (venue.Latitude, venue.Longitude).ShouldBe(((decimal?)north, (decimal?)east));
        FeedSample.Reviewed(("latitude", latitude), ("longitude", longitude)).ShouldBe(reviewed);
    }

    [Theory]
    [InlineData("http://meet.example/1", true)]
    [InlineData("HTTPS://meet.example/1?pwd=x", true)]
    [InlineData("meet.example/1", false)]
    [InlineData("/1", false)]
    [InlineData("tel:5550100", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://meet.example@evil.example/1", false)]
    [InlineData("https://", false)]
    public void Takes_only_absolute_web_links(string url, bool isTaken)
    {
        FeedSample.Meeting(("conference_url", $"\"{url}\"")).ConferenceUrl.ShouldBe(isTaken ? url : null);
        FeedSample.Reviewed(("conference_url", $"\"{url}\"")).ShouldBe(isTaken ? "" : "conference_url");
    }
}
