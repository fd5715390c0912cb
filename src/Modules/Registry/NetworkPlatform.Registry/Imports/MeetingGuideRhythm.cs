using System.Text.RegularExpressions;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Finds names and notes that hide another rhythm than weekly, the only one the format knows: "1st Tuesday", "2nd and 4th",
/// "monthly", "every other week". English only. Weekly groups often say that one of their meetings is special ("open on the last
/// Friday of the month"), so within notes a clause that names such an occasion does not count, unless it also says when they
/// meet or do not meet. Where in doubt it does count: a needless review costs a glance, a missed one a closed door.
/// </summary>
internal static class MeetingGuideRhythm
{
    internal const string Message = "speaks of a monthly or alternating rhythm; it was taken as weekly";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private const string Ordinal = "(1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)";
    private const string Joined = "( ?(,|&|and|or|/|\\+)( ?(and|&))? ?" + Ordinal + ")";
    private const string Day = "(mon|tues?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?|sun)(days?)?\\b";
    private const string OfTheMonth = "of (the |each |every )?month";

    private static readonly Regex _otherThanWeekly = new(
        "\\b(" + string.Join('|',
            Ordinal + Joined + "* " + Day,
            Ordinal + Joined + "* (weeks?|days?|weekends?) " + OfTheMonth,
            Ordinal + Joined + "+( weeks?)?( " + OfTheMonth + "| only|[ ]?($|[).;:-]))",
            "[0-9]{1,2}(st|nd|rd|th) (day )?" + OfTheMonth,
            "every (other|second|2nd|third|3rd|two weeks|2 weeks|three weeks|3 weeks)\\b",
            "(meets?|meetings?) (every|each) month\\b",
            "(once|twice|one|two|three) (times )?(a|per|each|every) month\\b",
            "(bi|semi)?-?monthly\\b",
            "bi-? ?weekly\\b",
            "fortnight(ly)?\\b",
            "alternat(e|ing) (weeks?\\b|" + Day + ")") + ")",
        Options);

    private static readonly Regex _specialOccasion = new(
        "\\b(open|closed|birthdays?|anniversar(y|ies)|celebrat[a-z]*|milestones?|speakers?|business|committee|chips?|medallions?)\\b",
        Options);

    private static readonly Regex _meetsOrNot = new("\\b(meets?|no meetings?|cancell?ed|skips?)\\b", Options);

    private static readonly Regex _clauseEnd = new("[.!?;]+ |[*\\n]+", Options);

    internal static bool IsHiddenInName(string name) => _otherThanWeekly.IsMatch(name);

    internal static bool IsHiddenInNotes(string notes) => _clauseEnd.Split(notes).Any(clause =>
        _otherThanWeekly.IsMatch(clause) && (!_specialOccasion.IsMatch(clause) || _meetsOrNot.IsMatch(clause)));
}
