using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.UnitTests.Identity;

/// <summary>What people read in four languages.</summary>
public sealed partial class TextsTests
{
    [Theory]
    [InlineData("he")]
    [InlineData("fr")]
    [InlineData("ru")]
    public void Every_language_has_every_text_with_the_same_holes(string language)
    {
        var (english, other) = (Read(""), Read($".{language}"));

        other.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        foreach (var (name, text) in english)
        {
            Holes(other[name]).ShouldBe(Holes(text), name);
            other[name].ShouldNotBeNullOrWhiteSpace(name);
        }
    }

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var folder = Folder();
        var named = Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories).SelectMany(f => Named().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value)).Distinct(StringComparer.Ordinal);

        named.Except(Read("").Keys, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("password1234", true)]
    [InlineData("P@ssw0rd1234", true)]
    [InlineData("QWERTYUIOPASDFGHJKL", true)]
    [InlineData("пароль123456", true)]
    [InlineData("four plums on a ladder", false)]
    [InlineData("tsk-9 herons, slate", false)]
    public void What_is_tried_first_is_known(string password, bool isListed) => WellKnownPasswords.IsListed(password).ShouldBe(isListed);

    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#ffff00")]
    [InlineData("#1a7f5a")]
    [InlineData("#00ffff")]
    public void White_text_can_be_read_on_every_tenants_colour(string color)
    {
        var readable = AccountAssets.Readable(color);
        double[] linear = [.. Enumerable.Range(0, 3).Select(i => Convert.ToInt32(readable.Substring(1 + (2 * i), 2), 16) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

        (1.05 / ((0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]) + 0.05)).ShouldBeGreaterThan(4.5);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NetworkPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "src", "Modules", "Identity", "NetworkPlatform.Identity", "Account");
    }

    private static Dictionary<string, string> Read(string language) => XDocument.Load(Path.Combine(Folder(), $"Texts{language}.resx")).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static string Holes(string text) => string.Join(' ', Hole().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex("""[Tt]exts\["(?<name>[^"{]+)"[\],]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
