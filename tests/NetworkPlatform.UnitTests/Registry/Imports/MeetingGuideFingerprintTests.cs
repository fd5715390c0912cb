namespace NetworkPlatform.UnitTests.Registry.Imports;

public sealed class MeetingGuideFingerprintTests
{
    [Fact]
    public void Is_the_same_on_every_machine_and_in_every_release() =>
        FeedSample.Meeting().Fingerprint.ShouldBe("8de674948a1e5dbd5d8ef9d8d60d5de21dea62b8845aa40d20e57705dfdc5d88");

    [Fact]
    public void Is_the_same_for_the_same_content_in_another_guise()
    {
        var fingerprint = FeedSample.Meeting().Fingerprint;
        FeedSample.Read("[{" + string.Join(',', FeedSample.Members.Reverse().Select(member => $"\"{member.Key}\":{member.Value}")) + "}]")
            .Rows.Single().Meeting.ShouldNotBeNull().Fingerprint.ShouldBe(fingerprint);
        (string, string?)[][] guises =
        [
            [("updated", "\"2030-01-01 00:00:00\"")], [("unknown", "{\"a\": [1]}")], [("contact_1_name", "\"secret\"")],
            [("region", "\"North\"")],
            [("day", "[\"2\", 2]")], [("time", "\"7:30 PM\"")], [("end_time", "\"21:00:30\"")], [("types", "\"x, o\"")],
            [("latitude", "\"51.50\"")],
            [("longitude", "-0.2500000001")], [("name", "\" Lantern  Evening\"")], [("conference_url", "null")],
            [("attendance_option", "\"in_person\"")],
        ];
        foreach (var guise in guises)
        {
            FeedSample.Meeting(guise).Fingerprint.ShouldBe(fingerprint, guise[0].ToString());
        }
    }

    [Fact]
    public void Changes_with_every_part_of_the_content()
    {
        (string, string?)[][] changes =
        [
            [], [("slug", "\"other\"")], [("name", "\"Other\"")], [("group", "\"Other\"")], [("group", null)], [("day", "3")],
            [("day", "[2, 3]")],
            [("time", "\"19:29\""), ("end_time", "\"20:59\"")], [("end_time", "\"21:01\"")], [("timezone", null)],
            [("timezone", "\"Europe/Dublin\"")],
            [("location", "\"Other\"")], [("formatted_address", "\"5 Weir Lane, Fordwick, UK\"")], [("latitude", "51.6")],
            [("longitude", "0.25")],
            [("approximate", "\"yes\"")], [("conference_url", FeedSample.Hybrid)],
            [("conference_url", FeedSample.Hybrid), ("attendance_option", "\"in_person\"")],
            [("types", "\"O\"")], [("types", "\"O,X,EN\"")], [("types", "[\"O\", \"X\", \"A,B\"]")],
            [("types", "[\"O\", \"X\", \"A\", \"B\"]")],
            [("notes", "\"Other\"")], [("notes", null)], [("group_notes", null)], [("notes", null), ("group_notes", "\"Ring twice.\"")],
            [("notes", "\"Tea at seven.\""), ("group_notes", "\"Ring twice.\"")],
        ];
        changes.Select(change => FeedSample.Meeting(change).Fingerprint).Distinct(StringComparer.Ordinal).Count().ShouldBe(changes.Length);
    }
}
