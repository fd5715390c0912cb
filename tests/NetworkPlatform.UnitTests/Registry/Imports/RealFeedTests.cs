using System.Text;
using NetworkPlatform.Registry.Imports;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Imports;

/// <summary>
/// Published feeds of other projects, which are no part of this one: in the folder that NETWORKPLATFORM_SHARED_DATA names, or
/// else in shared/data beside the repository. Without them these tests are skipped.
/// </summary>
public sealed class RealFeedTests
{
    [Fact]
    public void Takes_all_meetings_of_a_feed_in_the_usual_form()
    {
        var reading = MeetingGuideFeed.Read(File.ReadAllBytes(Feed("sussexaa.json")));
        reading.Error.ShouldBeNull();
        reading.Rows.Count(row => row.Meeting is not null && row.Problems.Count == 0).ShouldBe(123);
        reading.Rows.CountBy(row => row.Meeting!.Format).ShouldBe(
            [new(MeetingFormat.InPerson, 94), new(MeetingFormat.Online, 28), new(MeetingFormat.Hybrid, 1)], ignoreOrder: true);
        reading.Rows.Count(row => row.Meeting!.Accessibility.Contains("wheelchair", StringComparer.Ordinal)).ShouldBe(74);
        // The one that says that it also meets elsewhere every third Friday.
        reading.Rows.Where(row => row.Reviews.Count > 0).Select(row => row.Row).ShouldBe([123]);
    }

    [Fact]
    public void Takes_all_meetings_of_a_feed_with_lists_of_days_and_twelve_hour_times()
    {
        var reading = MeetingGuideFeed.Read(File.ReadAllBytes(Feed("edmonton.json")));
        reading.Error.ShouldBeNull();
        reading.Rows.Count(row => row.Meeting is not null && row.Problems.Count == 0).ShouldBe(315);
        reading.Rows.Count(row => row.Meeting!.StartTime == new TimeOnly(20, 0)).ShouldBe(85);
        reading.Rows.ShouldAllBe(row => row.Meeting!.DurationMinutes == 60 && row.Meeting.TimeZone == null);
        reading.Rows.Count(row => row.Meeting!.ConferenceUrl is not null).ShouldBe(74);
        reading.Rows.Count(row => row.Meeting!.Format != MeetingFormat.InPerson).ShouldBe(74);
        reading.Rows.ShouldAllBe(row => (row.Meeting!.Notes ?? "").Contains('@', StringComparison.Ordinal) == false
            || row.Meeting.Notes!.Contains("@ ", StringComparison.Ordinal));
        reading.Rows.Select(row => row.Meeting!.Fingerprint).Distinct(StringComparer.Ordinal).Count().ShouldBe(315);
    }

    [Fact]
    public void Refuses_a_feed_with_text_after_its_end_at_the_exact_place()
    {
        var reading = MeetingGuideFeed.Read(File.ReadAllBytes(Feed("invalid.json")));
        reading.Rows.ShouldBeEmpty();
        reading.Error.ShouldBe(new FeedError(80, 3, "The array of meetings has ended, but more text follows."));
    }

    [Fact]
    public void Names_what_is_wrong_in_its_rows_once_that_text_is_gone()
    {
        var text = File.ReadAllText(Feed("invalid.json"));
        var rows = MeetingGuideFeed.Read(Encoding.UTF8.GetBytes(text[..(text.LastIndexOf(']') + 1)])).Rows;
        rows.Select(row => string.Join(' ', row.Problems.Select(problem => problem.Field)))
            .ShouldBe(["", "", "", "", "day time", "", "day", "day"]);
    }

    private static string Feed(string name)
    {
        var folder = Environment.GetEnvironmentVariable("NETWORKPLATFORM_SHARED_DATA") ?? BesideTheRepository();
        var file = folder is null ? null : Path.Combine(folder, "meeting-guide", name);
        Assert.SkipUnless(
            File.Exists(file), $"{name} is not there: set NETWORKPLATFORM_SHARED_DATA, or put shared/data beside the repository.");
        return file;
    }

    private static string? BesideTheRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetworkPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
