using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// The CSV of volunteers: UTF-8, a header of known names in any order, lists separated by spaces. What a spreadsheet would take for a formula is written with an apostrophe before it,
/// which is taken off again when it is read.
/// </summary>
internal static class VolunteerCsv
{
    internal const string Name = "name";
    internal const string Email = "email";
    internal const string Languages = "languages";
    internal const string Phone = "phone";
    internal const string TimeZone = "timeZone";
    internal const string Chapters = "chapters";
    internal const string Roles = "roles";
    internal const string NetworkConsent = "networkConsent";

    internal static readonly string[] Columns = [Name, Email, Languages, Phone, TimeZone, Chapters, Roles, NetworkConsent];

    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly char[] FormulaStarts = ['=', '+', '-', '@', '\t', '\r'];

    /// <summary>A row, from 1 for the first after the header, with the cells of the columns that the file has; or what made it unreadable.</summary>
    internal sealed record Row(int Number, IReadOnlyDictionary<string, string> Cells, string? Problem);

    /// <returns>The rows, or what is wrong with the file as a whole.</returns>
    internal static (IReadOnlyList<Row> Rows, string? Problem) Read(ReadOnlyMemory<byte> file)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return ([], "Must be text in UTF-8.");
        }

        var firstLine = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length).ToString();
        var unreadable = false;
        using var reader = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Separators.MaxBy(s => firstLine.Count(c => c == s)).ToString(),
            BadDataFound = _ => unreadable = true,
            MissingFieldFound = null,
        });
        if (!reader.Read() || !reader.ReadHeader() || reader.HeaderRecord is not { } header)
        {
            return ([], "Must begin with a header.");
        }

        var columns = header.Select(h => Columns.FirstOrDefault(c => string.Equals(c, h.Trim(), StringComparison.OrdinalIgnoreCase))).ToArray();
        if (Array.FindIndex(columns, c => c is null) is >= 0 and var unknown)
        {
            return ([], $"Has a column '{header[unknown]}' that is not known; known are {string.Join(", ", Columns)}.");
        }

        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Length || !columns.Contains(Name, StringComparer.Ordinal) || !columns.Contains(Email, StringComparer.Ordinal))
        {
            return ([], $"Must have the columns {Name} and {Email}, and none twice.");
        }

        List<Row> rows = [];
        while (reader.Read())
        {
            var cells = columns.Select((column, i) => (column, Value: Unescape(reader.GetField(i) ?? ""))).ToDictionary(c => c.column!, c => c.Value, StringComparer.Ordinal);
            var problem = unreadable ? "Has quotes that do not match." : reader.Parser.Count != columns.Length ? $"Has {reader.Parser.Count} cells; the header has {columns.Length}." : null;
            rows.Add(new Row(rows.Count + 1, cells, problem));
            unreadable = false;
        }

        return (rows, null);
    }

    internal static byte[] Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var file = new MemoryStream();

        // With a byte order mark, without which spreadsheets take UTF-8 for something else.
        using (var writer = new CsvWriter(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), CultureInfo.InvariantCulture))
        {
            foreach (var row in rows.Prepend(Columns))
            {
                foreach (var cell in row)
                {
                    writer.WriteField(Escape(cell));
                }

                writer.NextRecord();
            }
        }

        return file.ToArray();
    }

    private static string Escape(string cell) => cell.TrimStart('\'') is [var first, ..] && (FormulaStarts.Contains(first)) ? "'" + cell : cell;

    private static string Unescape(string cell) =>
        cell.Trim() is ['\'', .. var rest] && rest.TrimStart('\'') is [var first, ..] && FormulaStarts.Contains(first) ? rest : cell.Trim();
}
