using System.Text;
using NetworkPlatform.Registry.Imports;

namespace NetworkPlatform.UnitTests.Registry.Imports;

/// <summary>A fictional row that is accepted without a review, and changes to it.</summary>
internal static class FeedSample
{
    internal static readonly IReadOnlyDictionary<string, string> Members = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["slug"] = "\"lantern-evening\"",
        ["name"] = "\"Lantern Evening\"",
        ["group"] = "\"Lantern Group\"",
        ["day"] = "2",
        ["time"] = "\"19:30\"",
        ["end_time"] = "\"21:00\"",
        ["timezone"] = "\"Europe/London\"",
        ["location"] = "\"Mill House\"",
        ["formatted_address"] = "\"4 Weir Lane, Fordwick, UK\"",
        ["latitude"] = "51.5",
        ["longitude"] = "-0.25",
        ["approximate"] = "\"no\"",
        ["types"] = "[\"O\", \"X\"]",
        ["notes"] = "\"Ring twice.\"",
        ["group_notes"] = "\"Tea at seven.\"",
    };

    internal const string Hybrid = "\"https://meet.example/lantern\"";

    /// <summary>One row as JSON. Each change sets a member to a JSON text, or takes it out (null).</summary>
    internal static string Json(params (string Field, string? Value)[] changes)
    {
        var members = new Dictionary<string, string>(Members, StringComparer.Ordinal);
        foreach (var (field, value) in changes)
        {
            members.Remove(field);
            if (value is not null)
            {
                members.Add(field, value);
            }
        }

        return "{" + string.Join(", ", members.Select(member => $"\"{member.Key}\": {member.Value}")) + "}";
    }

    internal static FeedReading Read(string text) => MeetingGuideFeed.Read(Encoding.UTF8.GetBytes(text));

    internal static FeedRow Row(params (string Field, string? Value)[] changes) =>
        Read($"[{Json(changes)}]").Rows.ShouldHaveSingleItem();

    /// <summary>The meeting of a row that must be accepted.</summary>
    internal static MeetingGuideMeeting Meeting(params (string Field, string? Value)[] changes)
    {
        var row = Row(changes);
        row.Problems.ShouldBeEmpty();
        return row.Meeting.ShouldNotBeNull();
    }

    /// <summary>The one problem of a row that must be rejected.</summary>
    internal static RowProblem Problem(params (string Field, string? Value)[] changes)
    {
        var row = Row(changes);
        row.Meeting.ShouldBeNull();
        return row.Problems.ShouldHaveSingleItem();
    }

    /// <summary>The fields for review of a row that must be accepted, with spaces between.</summary>
    internal static string Reviewed(params (string Field, string? Value)[] changes)
    {
        var row = Row(changes);
        row.Problems.ShouldBeEmpty();
        return string.Join(' ', row.Reviews.Select(review => review.Field));
    }

    /// <summary>A JSON string of this many characters.</summary>
    internal static string Long(int length) => $"\"{new string('x', length)}\"";
}
