using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.UnitTests.Rostering.Volunteers;

public sealed class VolunteerCsvTests
{
    private static readonly Gen<string> _cells = Gen.Elements('=', '+', '-', '@', '\'', '"', ',', ';', '\n', '\t', 'a', 'ש', ' ').ArrayOf().Select(c => new string(c).Trim());

    [Fact]
    public void What_is_written_is_read_back_and_no_cell_begins_a_formula() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(_cells.ArrayOf(8).ListOf().ToArbitrary(), rows =>
    {
        var file = VolunteerCsv.Write(rows);

        var (read, problem) = VolunteerCsv.Read(file);

        problem.ShouldBeNull();
        read.Select(r => r.Problem).ShouldAllBe(p => p == null);
        read.Select(r => VolunteerCsv.Columns.Select(c => r.Cells[c]).ToArray()).ShouldBe(rows);
        var raw = new CsvHelper.CsvParser(new StringReader(System.Text.Encoding.UTF8.GetString(file).TrimStart('\uFEFF')), System.Globalization.CultureInfo.InvariantCulture);
        while (raw.Read())
        {
            raw.Record!.ShouldAllBe(cell => !(cell.Length > 0 && "=+-@\t\r".Contains(cell[0])));
        }
    }));

    [Theory]
    [InlineData("name,email\nAda,\"ada@example.org\nBo,bo@example.org\n")]
    [InlineData("name,email\nA\"da,ada@example.org\n")]
    public void Quotes_that_do_not_match_are_a_problem_of_their_row(string file)
    {
        var (rows, problem) = VolunteerCsv.Read(System.Text.Encoding.UTF8.GetBytes(file));

        problem.ShouldBeNull();
        rows[0].Problem.ShouldNotBeNull();
    }
}
