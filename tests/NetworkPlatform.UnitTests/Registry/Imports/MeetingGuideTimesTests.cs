using System.Globalization;
using NetworkPlatform.Registry.Imports;

namespace NetworkPlatform.UnitTests.Registry.Imports;

public sealed class MeetingGuideTimesTests
{
    [Theory]
    [InlineData("0", "Sunday")]
    [InlineData("6", "Saturday")]
    [InlineData("\"1\"", "Monday")]
    [InlineData("\" 5 \"", "Friday")]
    [InlineData("[6]", "Saturday")]
    [InlineData("[4, \"2\", 4, 0]", "Sunday Tuesday Thursday")]
    public void Reads_days(string day, string days) => string.Join(' ', FeedSample.Meeting(("day", day)).Days).ShouldBe(days);

    [Theory]
    [InlineData(null, "is missing; a weekly meeting needs one: ")]
    [InlineData("null", "is missing; a weekly meeting needs one: ")]
    [InlineData("[]", "is an empty list; ")]
    [InlineData("7", "is or holds 7; ")]
    [InlineData("\"7\"", "is or holds 7; ")]
    [InlineData("-1", "is or holds -1; ")]
    [InlineData("[0, 8]", "is or holds 8; ")]
    [InlineData("\"\"", "is or holds text; ")]
    [InlineData("\"Monday\"", "is or holds text; ")]
    [InlineData("\"\\ud800\"", "is or holds text; ")]
    [InlineData("[null]", "is or holds null; ")]
    [InlineData("[[1]]", "is or holds a list; ")]
    [InlineData("{\"0\": 1}", "is or holds an object; ")]
    [InlineData("1.5", "is or holds a number; ")]
    [InlineData("1e400", "is or holds a number; ")]
    [InlineData("5550100", "is or holds a number; ")]
    public void Rejects_other_days(string? day, string message) =>
        FeedSample.Problem(("day", day)).ShouldBe(new RowProblem("day", message + "allowed are 0 (Sunday) to 6 (Saturday), one or a list"));

    [Theory]
    [InlineData("07:05", "07:05")]
    [InlineData("7:05", "07:05")]
    [InlineData("00:00", "00:00")]
    [InlineData("23:59:59", "23:59")]
    [InlineData("11:00 AM", "11:00")]
    [InlineData("8:00 pm", "20:00")]
    [InlineData("8:00pm", "20:00")]
    [InlineData("08:00:00 PM", "20:00")]
    [InlineData("12:00 AM", "00:00")]
    [InlineData("12:15 PM", "12:15")]
    [InlineData(" 8:00\u202fPM ", "20:00")]
    public void Reads_times(string time, string start) =>
        FeedSample.Meeting(("time", $"\"{time}\""), ("end_time", null))
            .StartTime.ShouldBe(TimeOnly.Parse(start, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null, "is missing; ")]
    [InlineData("null", "is missing; ")]
    [InlineData("\"\"", "is empty; ")]
    [InlineData("\"25:00\"", "is 25:00, which is no time of day; ")]
    [InlineData("\"24:00\"", "is 24:00, which is no time of day; ")]
    [InlineData("\"19:60\"", "is 19:60, which is no time of day; ")]
    [InlineData("\"13:00 PM\"", "is not a time; ")]
    [InlineData("\"0:30 AM\"", "is not a time; ")]
    [InlineData("\"19.30\"", "is not a time; ")]
    [InlineData("\"1930\"", "is not a time; ")]
    [InlineData("\"19:30 ask inside\"", "is not a time; ")]
    [InlineData("\"19:30:60\"", "is not a time; ")]
    [InlineData("\"١٩:٣٠\"", "is not a time; ")]
    public void Rejects_other_times(string? time, string message) =>
        FeedSample.Problem(("time", time)).ShouldBe(new RowProblem("time", message + "allowed are times such as 19:30 or 7:30 PM"));

    [Theory]
    [InlineData("19:30", "\"21:00\"", 90, "")]
    [InlineData("23:00", "\"00:00\"", 60, "")]
    [InlineData("22:30", "\"1:15 AM\"", 165, "")]
    [InlineData("10:00", "\"18:00\"", 480, "")]
    [InlineData("10:00", "\"18:01\"", 481, "end_time")]
    [InlineData("10:00", "\"10:00\"", 1440, "end_time")]
    [InlineData("10:00", "\"09:59\"", 1439, "end_time")]
    [InlineData("10:00", null, 60, "")]
    [InlineData("10:00", "null", 60, "")]
    [InlineData("10:00", "\" \"", 60, "")]
    [InlineData("10:00", "\"late\"", 60, "end_time")]
    [InlineData("10:00", "\"25:00\"", 60, "end_time")]
    public void Takes_the_duration_to_the_end(string time, string? end, int minutes, string reviewed)
    {
        FeedSample.Meeting(("time", $"\"{time}\""), ("end_time", end)).DurationMinutes.ShouldBe(minutes);
        FeedSample.Reviewed(("time", $"\"{time}\""), ("end_time", end)).ShouldBe(reviewed);
    }

    [Fact]
    public void Looks_at_the_end_even_without_a_start()
    {
        var row = FeedSample.Row(("time", null), ("end_time", "\"late\""));
        row.Problems.Single().Field.ShouldBe("time");
        row.Reviews.Single().ShouldBe(
            new RowProblem("end_time", "is not a time, one hour is assumed; allowed are times such as 19:30 or 7:30 PM"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"America/Argentina/Buenos_Aires\"", "America/Argentina/Buenos_Aires")]
    [InlineData("\"Etc/GMT+5\"", "Etc/GMT+5")]
    [InlineData("\"UTC\"", "UTC")]
    [InlineData("\"Etc/UTC\"", "Etc/UTC")]
    [InlineData("\"EST5EDT\"", "EST5EDT")]
    public void Reads_zones(string? zone, string? expected) => FeedSample.Meeting(("timezone", zone)).TimeZone.ShouldBe(expected);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("Eastern Standard Time")]
    [InlineData("GMT Standard Time")]
    [InlineData("../zoneinfo/Europe/London")]
    [InlineData("/Europe/London")]
    [InlineData("Europe")]
    [InlineData("Europe/")]
    [InlineData("-05:00")]
    [InlineData("UTC-02")]
    [InlineData("Europe//London")]
    [InlineData("posix/Europe/London")]
    [InlineData("right/UTC")]
    [InlineData("localtime")]
    [InlineData("Factory")]
    public void Rejects_other_zones(string zone) => FeedSample.Problem(("timezone", $"\"{zone}\"")).ShouldBe(
        new RowProblem("timezone", "is not a zone of the IANA database; allowed are names such as America/New_York"));

    [Fact]
    public void Rejects_another_spelling_of_a_zone_even_after_meeting_it()
    {
        FeedSample.Meeting(("timezone", "\"Europe/Vienna\"")).TimeZone.ShouldBe("Europe/Vienna");
        FeedSample.Problem(("timezone", "\"EUROPE/VIENNA\"")).Field.ShouldBe("timezone");
    }
}
