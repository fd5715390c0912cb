using System.Globalization;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>One scale's result.</summary>
/// <param name="Score">In the scale's own points; null where too few items were answered for it.</param>
/// <param name="Band">low, moderate or high, where the scale's authors give cut-offs that its users agree on; else null.</param>
internal sealed record ScaleScore(string Scale, decimal? Score, string? Band);

/// <summary>How the questionnaires are scored: from answers by item code, as the forms print them, to the scales' scores.</summary>
internal static class Scoring
{
    internal const string Burnout = "burnout";
    internal const string SecondaryTraumaticStress = "secondary-traumatic-stress";

    /// <summary>From which raw ProQOL 5 score on burnout and secondary traumatic stress are high.</summary>
    internal const int High = 42;

    private const int Low = 22;
    private const int WellBeingPoints = 4;

    private static readonly int[] CompassionSatisfactionItems = [3, 6, 12, 16, 18, 20, 22, 24, 27, 30];
    private static readonly int[] BurnoutItems = [1, 4, 8, 10, 15, 17, 19, 21, 26, 29];
    private static readonly int[] ReversedBurnoutItems = [1, 4, 15, 17, 29];
    private static readonly int[] SecondaryTraumaticStressItems = [2, 5, 7, 9, 11, 13, 14, 23, 25, 28];

    /// <summary>Scales of the CBI: items, how many of them must be answered, and the item that is asked the other way round.</summary>
    private static readonly (string Scale, string Items, int Count, int Least, int? Reversed)[] CbiScales =
    [
        ("personal-burnout", "personal", 6, 3, null),
        ("work-related-burnout", "work", 7, 4, 7),
        ("client-related-burnout", "client", 6, 3, null),
    ];

    /// <summary>Item codes in the order of the form.</summary>
    internal static IReadOnlyList<string> Items(Questionnaire questionnaire) => questionnaire switch
    {
        Questionnaire.Proqol5 => [.. Enumerable.Range(1, 30).Select(Code)],
        Questionnaire.Who5 => [.. Enumerable.Range(1, 5).Select(Code)],
        _ => [.. CbiScales.SelectMany(s => Enumerable.Range(1, s.Count).Select(i => $"{s.Items}-{Code(i)}"))],
    };

    /// <summary>The values that an answer may have.</summary>
    internal static IReadOnlyList<int> Values(Questionnaire questionnaire) => questionnaire switch
    {
        Questionnaire.Proqol5 => [1, 2, 3, 4, 5],
        Questionnaire.Who5 => [0, 1, 2, 3, 4, 5],
        _ => [0, 25, 50, 75, 100],
    };

    /// <summary>Whether every item must be answered. The CBI scores a scale out of those that were.</summary>
    internal static bool NeedsEveryItem(Questionnaire questionnaire) => questionnaire != Questionnaire.Cbi;

    internal static IReadOnlyList<ScaleScore> Score(CheckInAnswers given) => given.Questionnaire switch
    {
        Questionnaire.Proqol5 => Proqol5(given.Answers),
        Questionnaire.Who5 => [new ScaleScore("well-being", given.Answers.Values.Sum() * WellBeingPoints, Band: null)],
        _ => [.. CbiScales.Select(s => Cbi(s, given.Answers))],
    };

    /// <summary>Whether the answers suggest that support should be offered: burnout or secondary traumatic stress is high.</summary>
    internal static bool SuggestsSupport(IReadOnlyList<ScaleScore> scores) => scores.Any(s => s is { Scale: Burnout or SecondaryTraumaticStress, Score: >= High });

    /// <summary>ProQOL 5: three scales of ten items, 10 to 50; up to 22 low, from 42 high. Five burnout items are asked the other way round (6 − x). Raw scores, no t-scores.</summary>
    private static ScaleScore[] Proqol5(IReadOnlyDictionary<string, int> answers)
    {
        return
        [
            Scale("compassion-satisfaction", CompassionSatisfactionItems.Sum(Answer)),
            Scale(Burnout, BurnoutItems.Sum(i => ReversedBurnoutItems.Contains(i) ? 6 - Answer(i) : Answer(i))),
            Scale(SecondaryTraumaticStress, SecondaryTraumaticStressItems.Sum(Answer)),
        ];

        int Answer(int item) => answers[Code(item)];

        static ScaleScore Scale(string name, int score) => new(name, score, score <= Low ? "low" : score >= High ? "high" : "moderate");
    }

    /// <summary>CBI: the mean of the answered items; too few, and there is none. The sheet gives no cut-offs.</summary>
    private static ScaleScore Cbi((string Scale, string Items, int Count, int Least, int? Reversed) scale, IReadOnlyDictionary<string, int> answers)
    {
        var answered = Enumerable.Range(1, scale.Count).Where(i => answers.ContainsKey($"{scale.Items}-{Code(i)}"))
            .Select(i => answers[$"{scale.Items}-{Code(i)}"] is var value && i == scale.Reversed ? 100 - value : value).ToList();
        return new ScaleScore(scale.Scale, answered.Count < scale.Least ? null : Math.Round((decimal)answered.Sum() / answered.Count, 2), Band: null);
    }

    private static string Code(int item) => item.ToString(CultureInfo.InvariantCulture);
}
