using System.Text.RegularExpressions;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>What docs say that a test shows is shown by one that exists, and no check of a list is left out.</summary>
public sealed partial class CheckListTests
{
    /// <summary>The numbers of OWASP ASVS 5.0 that docs/security-checks.md answers for.</summary>
    private static readonly string[] SecurityChecks =
    [
        "1.2.4", "1.2.10", "1.3.6", "1.3.7", "1.3.11", "1.5.2", "2.2.1", "2.2.2", "2.2.3", "2.3.1", "2.3.2", "2.3.3", "2.3.4", "2.4.1",
        "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.4.1", "3.4.2", "3.4.6", "3.5.1", "3.5.3", "4.1.1", "4.1.3", "5.2.1", "5.2.2", "5.2.3", "5.4.3",
        "6.2.1", "6.2.12", "6.3.1", "6.3.3", "6.4.3", "6.5.1", "6.8.1", "7.2.3", "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.3", "7.4.5", "7.5.1", "7.5.2",
        "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.4.1", "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4",
        "10.3.1", "10.3.2", "10.3.3", "10.3.4", "10.4.1", "10.4.2", "10.4.3", "10.4.4", "10.4.5", "10.4.6", "10.4.8", "10.4.9", "10.4.10", "10.4.11", "10.5.5", "10.6.2", "10.7.3",
        "11.2.3", "11.3.3", "11.4.2", "11.5.1", "12.3.1", "13.2.2", "13.2.4", "13.3.1", "13.4.5", "14.2.1", "14.2.2", "14.3.2", "15.3.1", "15.3.3", "15.3.4",
        "16.2.5", "16.3.1", "16.3.2", "16.3.3", "16.4.1", "16.4.2", "16.4.3", "16.5.1", "16.5.2", "16.5.3",
    ];

    /// <summary>Methods and classes of tests.</summary>
    private static readonly string[] TestNames =
        [.. Solution.FilesUnder(Path.Combine(Solution.Root, "tests")).SelectMany(file => TestName().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))];

    [Fact]
    public void Every_security_check_has_its_row()
    {
        var rows = Rows("security-checks.md").Select(cells => cells[0]).Where(first => char.IsAsciiDigit(first[0])).ToList();

        rows.ShouldBe(SecurityChecks);
    }

    [Theory]
    [InlineData("security-checks.md")]
    [InlineData("token-service-checks.md")]
    [InlineData("tenancy-behaviours.md")]
    public void Every_test_that_a_list_names_exists(string document)
    {
        // A row of three or four cells ends with the tests that show it; a table of what is not built has no such names.
        var named = Rows(document).Where(cells => cells[0] != "#").SelectMany(cells => Quoted().Matches(cells[^1]).Select(m => m.Groups["name"].Value))
            .Where(name => LooksLikeATest().IsMatch(name)).ToList();

        named.Count.ShouldBeGreaterThan(25);
        named.Where(name => !TestNames.Any(test => name.EndsWith('…') ? test.StartsWith(name[..^1], StringComparison.Ordinal) : test == name)).ShouldBeEmpty();
    }

    private static IEnumerable<string[]> Rows(string document) => File.ReadLines(Path.Combine(Solution.Root, "docs", document))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex(@"public (async )?(Task|void) (?<name>\w+)\(|public sealed (partial )?class (?<name>\w+Tests)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Z]\w*(_…?$|_\w+…?$|Tests$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooksLikeATest();
}
