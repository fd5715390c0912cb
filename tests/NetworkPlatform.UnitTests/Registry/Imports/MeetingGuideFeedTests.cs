using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Registry.Imports;

namespace NetworkPlatform.UnitTests.Registry.Imports;

public sealed class MeetingGuideFeedTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData(" \r\n\t[ ] \n")]
    [InlineData("\ufeff[]")]
    public void Accepts_an_empty_array(string text)
    {
        var reading = FeedSample.Read(text);
        reading.Error.ShouldBeNull();
        reading.Rows.ShouldBeEmpty();
    }

    [Fact]
    public void Numbers_the_rows_from_one_and_keeps_the_good_ones_beside_the_bad()
    {
        var reading = FeedSample.Read($"[{FeedSample.Json()}, 7, {FeedSample.Json(("slug", "\"other\""))}]");
        reading.Error.ShouldBeNull();
        reading.Rows.Select(row => (row.Row, row.Meeting?.Slug)).ShouldBe([(1, "lantern-evening"), (2, null), (3, "other")]);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("7", "a number")]
    [InlineData("\"text\"", "text")]
    [InlineData("\"\\ud800\"", "text")]
    [InlineData("[{}]", "a list")]
    [InlineData("true", "true or false")]
    public void Rejects_a_row_that_is_no_object(string row, string what)
    {
        var only = FeedSample.Read($"[{row}]").Rows.ShouldHaveSingleItem();
        only.Meeting.ShouldBeNull();
        only.Problems.ShouldBe([new RowProblem("$", $"is {what}; each row must be an object")]);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("\n  ", 2, 3)]
    [InlineData("[", 1, 2)]
    [InlineData("[\n{\"slug\": \"a\",}\n]", 2, 14)]
    [InlineData("[\n  {\"naïve\": tru}\n]", 2, 16)]
    [InlineData("[1, 2", 1, 6)]
    [InlineData("[\"😀\", \"\\q\"]", 1, 9)]
    public void Refuses_broken_json_whole_with_its_place(string text, long line, long column)
    {
        var reading = FeedSample.Read(text);
        reading.Rows.ShouldBeEmpty();
        reading.Error.ShouldBe(
            new FeedError(line, column, "The file is not valid JSON from here on, or is nested deeper than 64 levels."));
    }

    [Theory]
    [InlineData("[] x", 1, 4)]
    [InlineData("[],", 1, 3)]
    [InlineData("[][]", 1, 3)]
    [InlineData("\ufeff[]x", 1, 3)]
    [InlineData("[\n]\r\n\t\n  é", 4, 3)]
    [InlineData("[\"é\"] \"", 1, 7)]
    public void Refuses_text_after_the_array_whole_with_its_place(string text, long line, long column)
    {
        var reading = FeedSample.Read(text);
        reading.Rows.ShouldBeEmpty();
        reading.Error.ShouldBe(new FeedError(line, column, "The array of meetings has ended, but more text follows."));
    }

    [Theory]
    [InlineData("{\"meetings\": []}", 1, 1)]
    [InlineData("\n \"[]\"", 2, 2)]
    [InlineData(" null", 1, 2)]
    public void Refuses_json_that_is_no_array_whole(string text, long line, long column)
    {
        var reading = FeedSample.Read(text);
        reading.Rows.ShouldBeEmpty();
        reading.Error.ShouldBe(new FeedError(line, column, "The file must be one JSON array of meetings."));
    }

    [Fact]
    public void Refuses_bytes_that_are_no_utf8_whole_with_their_place()
    {
        byte[] bytes = [.. "[\n\"é"u8, 0xE9, .. "\"]"u8];
        MeetingGuideFeed.Read(bytes).Error.ShouldBe(new FeedError(2, 3, "The file is not UTF-8 text from here on."));
        MeetingGuideFeed.Read(Encoding.Unicode.GetPreamble()).Error.ShouldBe(
            new FeedError(1, 1, "The file is not UTF-8 text from here on."));
    }

    [Fact]
    public void Refuses_what_is_nested_too_deep_and_takes_what_is_not()
    {
        FeedSample.Read(new string('[', 64) + new string(']', 64)).Error.ShouldBeNull();
        var error = FeedSample.Read(new string('[', 65) + new string(']', 65)).Error.ShouldNotBeNull();
        (error.Line, error.Column).ShouldBe((1, 65));
        FeedSample.Read(new string('[', 1_000_000)).Error.ShouldNotBeNull();
    }

    [Fact]
    public void Refuses_more_meetings_than_are_taken_in_at_once_whole_with_the_place_of_the_first()
    {
        var (allowed, more) = (string.Join(",\n", Enumerable.Range(1, 714).Select(Daily)), string.Join(",\n", Enumerable.Range(715, 3).Select(Daily)));
        FeedSample.Read($"[{allowed},\n1, {{}}]").Rows.Count.ShouldBe(716, "4998 meetings, and two rows that are none");

        var reading = FeedSample.Read($"[{allowed},\n{more}]");

        reading.Rows.ShouldBeEmpty();
        var error = reading.Error.ShouldNotBeNull();
        (error.Line, error.Column).ShouldBe((715, 1));
        error.Message.ShouldContain("at most 5000 are allowed");
        FeedSample.Read($"[{string.Join(',', Enumerable.Repeat("0", 5000))}]").Rows.Count.ShouldBe(5000);
        FeedSample.Read($"[{string.Join(',', Enumerable.Repeat("0", 5001))}]").Error.ShouldNotBeNull().Column.ShouldBe(10_002);

        static string Daily(int slug) => FeedSample.Json(("slug", $"{slug}"), ("day", "[0, 1, 2, 3, 4, 5, 6]"));
    }

    [Fact]
    public void Never_fails_and_never_accepts_less_than_a_whole_row()
    {
        var valid = Encoding.UTF8.GetBytes($"[{FeedSample.Json(("conference_url", FeedSample.Hybrid))}]");
        var cases =
            from damages in Gen.ListOf(
                from at in Gen.Choose(0, valid.Length - 1)
                from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("\"\\{}[],:0123456789 \n".Select(unit => (int)unit).ToArray()))
                select (At: at, Value: (byte)value),
                4)
            from count in Gen.Choose(0, 4)
            from length in Gen.Frequency((4, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)))
            select (Damages: damages.Take(count), Length: length);
        Prop.ForAll(Arb.From(cases), test =>
        {
            byte[] damaged = [.. valid];
            foreach (var (at, value) in test.Damages)
            {
                damaged[at] = value;
            }

            var reading = MeetingGuideFeed.Read(damaged.AsMemory(0, test.Length));
            (reading.Error is null || reading.Rows.Count == 0).ShouldBeTrue();
            reading.Rows.ShouldAllBe(row => row.Meeting == null == row.Problems.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }
}
