using NetworkPlatform.Registry.Imports;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Imports;

public sealed class MeetingGuideRowTests
{
    [Fact]
    public void Reads_every_field_of_a_good_row()
    {
        var row = FeedSample.Row();
        row.Problems.ShouldBeEmpty();
        row.Reviews.ShouldBeEmpty();
        var meeting = row.Meeting.ShouldNotBeNull();
        meeting.Days.ShouldBe([DayOfWeek.Tuesday]);
        meeting.Languages.ShouldBeEmpty();
        meeting.Accessibility.ShouldBe(["wheelchair"]);
        meeting.Types.ShouldBe(["O", "X"]);
        WithoutLists(meeting).ShouldBe(new MeetingGuideMeeting(
            "lantern-evening", "Lantern Evening", "Lantern Group", [], new TimeOnly(19, 30), 90, "Europe/London",
            new FeedVenue("Mill House", "4 Weir Lane, Fordwick, UK", 51.5m, -0.25m, false), null, MeetingFormat.InPerson,
            [], [], [], "Ring twice.", "Tea at seven."));
    }

    [Fact]
    public void Needs_no_more_than_slug_name_day_and_time()
    {
        var row = FeedSample.Read("""[{"slug": 12, "name": "Fern", "day": 0, "time": "9:00"}]""").Rows.ShouldHaveSingleItem();
        row.Problems.ShouldBeEmpty();
        var meeting = row.Meeting.ShouldNotBeNull();
        meeting.Days.ShouldBe([DayOfWeek.Sunday]);
        WithoutLists(meeting).ShouldBe(new MeetingGuideMeeting(
            "12", "Fern", null, [], new TimeOnly(9, 0), 60, null, null, null, MeetingFormat.InPerson, [], [], [], null, null));
    }

    [Fact]
    public void Reports_all_problems_of_a_row()
    {
        var row = FeedSample.Row(
            ("slug", null), ("name", "7"), ("day", "[7, 1]"), ("time", "\"25:00\""), ("timezone", "\"Mars/Olympus\""),
            ("notes", "{}"), ("latitude", "91"));
        row.Meeting.ShouldBeNull();
        row.Problems.Select(problem => problem.Field).ShouldBe(["slug", "name", "day", "time", "timezone", "notes"]);
        row.Reviews.Select(review => review.Field).ShouldBe(["latitude"]);
    }

    [Theory]
    [InlineData("slug", 64)]
    [InlineData("name", 255)]
    [InlineData("group", 255)]
    [InlineData("location", 255)]
    [InlineData("formatted_address", 512)]
    [InlineData("notes", 5000)]
    [InlineData("group_notes", 5000)]
    public void Rejects_text_over_its_limit_and_takes_it_up_to_there(string field, int limit)
    {
        FeedSample.Problem((field, FeedSample.Long(limit + 1)))
            .ShouldBe(new RowProblem(field, $"has {limit + 1} characters; at most {limit} are allowed"));
        FeedSample.Meeting((field, FeedSample.Long(limit))).ShouldNotBeNull();
    }

    [Fact]
    public void Rejects_a_conference_url_over_its_limit()
    {
        var url = "https://meet.example/" + new string('x', 2000 - "https://meet.example/".Length);
        FeedSample.Meeting(("conference_url", $"\"{url}\"")).ConferenceUrl.ShouldBe(url);
        FeedSample.Problem(("conference_url", $"\"{url}x\""))
            .ShouldBe(new RowProblem("conference_url", "has 2001 characters; at most 2000 are allowed"));
    }

    [Fact]
    public void Takes_no_field_of_a_wrong_type_and_fails_on_none()
    {
        string[] fields =
        [
            "slug", "name", "group", "time", "end_time", "timezone", "location", "formatted_address", "address", "city", "state",
            "postal_code",
            "country", "notes", "group_notes", "conference_url", "conference_phone", "attendance_option",
        ];
        foreach (var field in fields)
        {
            foreach (var value in (string[])["[]", "{}", "[\"a\"]", "true", "false", "1.5", "1e999"])
            {
                var problem = FeedSample.Problem(("formatted_address", null), (field, value));
                problem.Field.ShouldBe(field, value);
                problem.Message.ShouldContain("where text is expected");
            }
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("notes")]
    [InlineData("time")]
    [InlineData("types")]
    [InlineData("latitude")]
    public void Rejects_half_a_character(string field)
    {
        var problem = FeedSample.Problem((field, "\"a\\ud800\""));
        problem.Field.ShouldBe(field);
        problem.Message.ShouldContain("lone surrogate");
    }

    [Fact]
    public void Ignores_a_member_whose_name_is_half_a_character() => FeedSample.Meeting(("\\ud800", "1")).Slug.ShouldBe("lantern-evening");

    [Theory]
    [InlineData("slug", "null")]
    [InlineData("slug", "\" \"")]
    [InlineData("name", "null")]
    [InlineData("name", "\"\\n\\u0000\"")]
    public void Needs_slug_and_name(string field, string value)
    {
        var problem = FeedSample.Problem((field, value));
        problem.Field.ShouldBe(field);
        problem.Message.ShouldStartWith("is missing; it must be text of 1 to ");
    }

    [Fact]
    public void Rejects_the_second_row_of_a_slug_naming_the_first()
    {
        var rows = FeedSample.Read(
            $"[{FeedSample.Json(("time", null))}, {FeedSample.Json()}, {FeedSample.Json(("slug", "\"LANTERN-evening\""))}]").Rows;
        rows.Select(row => row.Problems.Single()).Skip(1)
            .ShouldAllBe(problem => problem == new RowProblem("slug", "is the same as in row 1; each meeting of a feed needs its own"));
    }

    [Fact]
    public void Takes_the_last_of_duplicate_members() =>
        FeedSample.Read("[" + FeedSample.Json().Replace("{", "{\"name\": 5, ", StringComparison.Ordinal) + "]")
            .Rows.Single().Meeting.ShouldNotBeNull().Name.ShouldBe("Lantern Evening");

    [Fact]
    public void Tidies_text()
    {
        var meeting = FeedSample.Meeting(
            ("name", "\"  Cafe\\u0301 \\t one\\r\\ntwo\\u0000 \""), ("notes", "\"\\r\\n one  \\r\\n\\ttwo \\u0007\\r\""));
        meeting.Name.ShouldBe("Café one two");
        meeting.Notes.ShouldBe("one\ntwo");
    }

    [Theory]
    [InlineData("[\"o\", \"X\", \"o\", \" zz9 \", \"\", null]", "O X ZZ9", "", "wheelchair")]
    [InlineData("\"S, X,XB,asl\"", "ASL S X XB", "es", "asl wheelchair wheelchair-restroom")]
    [InlineData("\"EN,ES,FR,RU,HE,RUS,ITA\"", "EN ES FR HE ITA RU RUS", "en es fr he it ru", "")]
    [InlineData("\"BA,CF,FF,TR,L,SP\"", "BA CF FF L SP TR", "", "child-friendly childcare fragrance-free")]
    [InlineData("null", "", "", "")]
    [InlineData("\"\"", "", "", "")]
    [InlineData("[]", "", "", "")]
    public void Maps_types_to_languages_and_accessibility(string types, string codes, string languages, string accessibility)
    {
        var meeting = FeedSample.Meeting(("types", types));
        string.Join(' ', meeting.Types).ShouldBe(codes);
        string.Join(' ', meeting.Languages).ShouldBe(languages);
        string.Join(' ', meeting.Accessibility).ShouldBe(accessibility);
    }

    [Theory]
    [InlineData("7", "is or holds a number where text is expected")]
    [InlineData("{}", "is or holds an object where text is expected")]
    [InlineData("[\"O\", [\"X\"]]", "is or holds a list where text is expected")]
    [InlineData("\"O, a-code-that-is-longer-than-codes-may-be\"", "holds a code of 39 characters; at most 32 are allowed")]
    public void Rejects_types_that_are_no_codes(string types, string message) =>
        FeedSample.Problem(("types", types)).ShouldBe(new RowProblem("types", message));

    [Fact]
    public void Rejects_too_many_types()
    {
        FeedSample.Meeting(("types", $"\"{string.Join(',', Enumerable.Range(1, 100))}\"")).Types.Count.ShouldBe(100);
        FeedSample.Problem(("types", $"\"{string.Join(',', Enumerable.Range(1, 101))}\""))
            .Message.ShouldBe("holds too many codes; at most 100 are allowed");
        FeedSample.Problem(("types", $"[{string.Join(',', Enumerable.Repeat("7", 101))}]"))
            .Message.ShouldBe("holds too many codes; at most 100 are allowed", "and not one problem for each");
    }

    // Records compare lists by reference, and empty ones are all the same.
    private static MeetingGuideMeeting WithoutLists(MeetingGuideMeeting meeting) =>
        meeting with { Days = [], Languages = [], Accessibility = [], Types = [] };
}
