using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NetworkPlatform.Registry.Imports;

/// <summary>What a feed held: either the error for which it was refused whole, or one row for each meeting, in its order.</summary>
internal sealed record FeedReading(FeedError? Error, IReadOnlyList<FeedRow> Rows);

/// <summary>
/// Why and where a feed was refused. Line and column are 1-based; a line ends with a line feed; the column counts characters
/// (Unicode code points), not bytes, and a byte order mark is none.
/// </summary>
internal sealed record FeedError(long Line, long Column, string Message);

/// <summary>
/// One element of the feed's array, numbered from 1. With problems it is rejected and has no meeting; reviews are what a
/// person should look at, whether it was accepted or not.
/// </summary>
internal sealed record FeedRow(
    int Row, MeetingGuideMeeting? Meeting, IReadOnlyList<RowProblem> Problems, IReadOnlyList<RowProblem> Reviews);

/// <summary>
/// What is wrong with a field, under the feed's own name for it ("$" for the row itself), and what is allowed. The message
/// reads on from the name and never repeats the feed's text, which may name people.
/// </summary>
internal sealed record RowProblem(string Field, string Message);

/// <summary>
/// Reads a feed in the Meeting Guide JSON format (code4recovery/spec): one array of meetings. The format knows weekly meetings
/// only, and no zone in practice.
/// </summary>
internal static class MeetingGuideFeed
{
    /// <summary>
    /// A feed is taken in at once, and each of its weekly meetings puts as many sessions on the calendar as there are weeks ahead. The largest real lists hold about 3,000 meetings.
    /// </summary>
    internal const int MostMeetings = 5000;

    private const int DeepestNesting = 64;

    /// <summary>
    /// Reads a whole feed: UTF-8, with or without a byte order mark. Text that is not exactly one JSON array is refused whole,
    /// with the place of the error; a bad element of the array is only a rejected row.
    /// </summary>
    internal static FeedReading Read(ReadOnlyMemory<byte> utf8)
    {
        var text = utf8.Span;
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(text))
        {
            return Refused(text, LengthOfValidText(text), "The file is not UTF-8 text from here on.");
        }

        try
        {
            return ReadArray(text);
        }
        catch (JsonException error)
        {
            return Refused(
                text,
                LineStart(text, error.LineNumber ?? 0) + (int)(error.BytePositionInLine ?? 0),
                $"The file is not valid JSON from here on, or is nested deeper than {DeepestNesting} levels.");
        }
    }

    private static FeedReading ReadArray(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Refused(text, (int)reader.TokenStartIndex, "The file must be one JSON array of meetings.");
        }

        var rows = new List<FeedRow>();
        var slugs = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var meetings = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            using var element = JsonDocument.ParseValue(ref reader);
            var row = MeetingGuideRow.Read(rows.Count + 1, element.RootElement, slugs);
            meetings += row.Meeting?.Days.Count ?? 1;
            if (meetings > MostMeetings)
            {
                return Refused(text, start, $"From here on the file holds more than {MostMeetings} meetings, counted by their days; at most {MostMeetings} are allowed, so hand the rest in as another file.");
            }

            rows.Add(row);
        }

        var end = (int)reader.BytesConsumed;
        var rest = text[end..].IndexOfAnyExcept(" \t\r\n"u8);
        return rest < 0
            ? new FeedReading(null, rows)
            : Refused(text, end + rest, "The array of meetings has ended, but more text follows.");
    }

    private static FeedReading Refused(ReadOnlySpan<byte> text, int offset, string message)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        var column = 1;
        foreach (var unit in line)
        {
            var isContinuation = (unit & 0b1100_0000) == 0b1000_0000;
            column += isContinuation ? 0 : 1;
        }

        return new FeedReading(new FeedError(before.Count((byte)'\n') + 1, column, message), []);
    }

    private static int LineStart(ReadOnlySpan<byte> text, long line)
    {
        var start = 0;
        for (var i = 0L; i < line; i++)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return start;
    }

    private static int LengthOfValidText(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var read) == System.Buffers.OperationStatus.Done)
        {
            length += read;
        }

        return length;
    }
}
