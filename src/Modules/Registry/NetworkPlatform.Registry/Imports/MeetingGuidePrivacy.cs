using System.Text.RegularExpressions;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Takes e-mail addresses, phone numbers and payment handles out of a feed's free text. Numbers that are labelled as a
/// meeting's id or code, stand in a link, or are a date (2030-12-31) stay. Names of people cannot be recognised.
/// </summary>
internal static class MeetingGuidePrivacy
{
    /// <summary>What stands in their place; shorter than any of them, so that no limit of length is passed.</summary>
    internal const string Removed = "[…]";

    // The keyboard's and the typographic ones (hyphens, figure, en and em dash, bar, minus), of which feeds that were written in a word processor are full.
    private const string Dash = "\\u2010-\\u2015\\u2212-";

    // The first alternative that fits wins, so that what stays is named before what it could be mistaken for.
    private static readonly Regex _parts = new(
        string.Join('|',
            "(?<contact>(mailto:)?[\\w.%+-]+@[\\w.-]+\\.\\w{2,})",
            "(?<contact>(https?://)?(www\\.)?(paypal\\.me|venmo\\.com|cash\\.app)/\\S+)",
            "(?<contact>\\b(venmo|paypal|cash ?app|zelle)\\b[ :=-]*[@$]\\S+)",
            "(?<stays>https?://\\S+)",
            "(?<stays>\\b(id|pmi|passcode|password|pwd|pw|code|pin)\\b[ :=#.]*[+0-9][0-9 " + Dash + "]*)",
            "(?<stays>#[0-9]+)",
            "(?<stays>[0-9]{4}[" + Dash + "][0-9]{2}[" + Dash + "][0-9]{2})",
            "(?<number>\\+?\\(?[0-9]+(([ ./" + Dash + "]|\\) ?| \\(| [" + Dash + "] )[0-9]+)*)"),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private static readonly Regex _localNumber = new("^[2-9][0-9]{2}[" + Dash + "][0-9]{4}$", RegexOptions.NonBacktracking);

    private static readonly Regex _northAmericanNumber = new(
        "(^|[^0-9])[0-9]{3}(\\) ?|[ ." + Dash + "])[0-9]{3}[ ." + Dash + "][0-9]{4}($|[^0-9])", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>
    /// The text without them, and whether there were any. In an address, unit, house and post codes look like short phone numbers
    /// (205-1234 Mill Lane), so there only international and full North American numbers count.
    /// </summary>
    internal static (string Text, bool HadContact) Scrub(string text, bool isAddress = false)
    {
        var hadContact = false;
        var scrubbed = _parts.Replace(text, part =>
        {
            if (!part.Groups["contact"].Success && !(part.Groups["number"].Success && IsPhoneNumber(part.Value, isAddress)))
            {
                return part.Value;
            }

            hadContact = true;
            return Removed;
        });
        return (scrubbed, hadContact);
    }

    private static bool IsPhoneNumber(string run, bool isAddress)
    {
        var digits = run.Count(char.IsAsciiDigit);
        return (digits >= 8 && run[0] == '+')
            || (isAddress ? _northAmericanNumber.IsMatch(run) : digits >= 10 || _localNumber.IsMatch(run));
    }
}
