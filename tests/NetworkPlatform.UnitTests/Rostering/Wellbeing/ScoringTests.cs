using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Wellbeing;

namespace NetworkPlatform.UnitTests.Rostering.Wellbeing;

/// <summary>Scores against the published keys, and against a second scorer that is a table of weights.</summary>
public sealed class ScoringTests
{
    // ProQOL 5, item by item: C compassion satisfaction, B burnout, b burnout the other way round, S secondary traumatic stress.
    private const string Key = "bSCbSCSBSBSCSSbCbCBCBCSCSBCSbC";

    [Theory]
    [InlineData(1, 10, 30, 10)] // "never" to everything is no low burnout: half of its items are reversed
    [InlineData(3, 30, 30, 30)]
    [InlineData(5, 50, 30, 50)]
    public void The_same_answer_to_every_item_of_proqol_5(int answer, int satisfaction, int burnout, int stress)
    {
        var scores = Scoring.Score(All(Questionnaire.Proqol5, _ => answer));

        scores.Select(s => s.Score).ShouldBe([satisfaction, burnout, stress]);
    }

    [Theory]
    [InlineData(22, "low")]
    [InlineData(23, "moderate")]
    [InlineData(41, "moderate")]
    [InlineData(42, "high")]
    public void Cut_offs_of_proqol_5(int burnout, string band)
    {
        // Burnout items 1 (reversed) to 29: points given out one by one, from ten on.
        var left = burnout - 10;
        var scores = Scoring.Score(All(Questionnaire.Proqol5, item =>
        {
            var kind = Key[item - 1];
            if (kind is not ('B' or 'b'))
            {
                return 1;
            }

            var points = 1 + Math.Min(4, left);
            left -= points - 1;
            return kind == 'b' ? 6 - points : points;
        }));

        scores[1].ShouldBe(new ScaleScore("burnout", burnout, band));
        Scoring.SuggestsSupport(scores).ShouldBe(burnout >= 42);
    }

    [Fact]
    public void High_stress_offers_support_and_high_satisfaction_does_not()
    {
        Scoring.SuggestsSupport(Scoring.Score(All(Questionnaire.Proqol5, item => Key[item - 1] == 'S' ? 5 : 3))).ShouldBeTrue();
        Scoring.SuggestsSupport(Scoring.Score(All(Questionnaire.Proqol5, item => Key[item - 1] == 'C' ? 5 : 3))).ShouldBeFalse();
        Scoring.SuggestsSupport(Scoring.Score(All(Questionnaire.Who5, _ => 0))).ShouldBeFalse();
    }

    [Fact]
    public void Proqol_5_by_a_second_scorer() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(1, 5).ArrayOf(30).ToArbitrary(), answers =>
    {
        var sums = answers.Zip(Key).GroupBy(a => char.ToUpperInvariant(a.Second)).ToDictionary(g => g.Key, g => g.Sum(a => a.Second == 'b' ? 6 - a.First : a.First));

        Scoring.Score(All(Questionnaire.Proqol5, item => answers[item - 1])).Select(s => s.Score).ShouldBe([sums['C'], sums['B'], sums['S']]);
    }));

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 0)]
    [InlineData(new[] { 5, 5, 5, 5, 5 }, 100)]
    [InlineData(new[] { 3, 2, 3, 2, 2 }, 48)]
    [InlineData(new[] { 1, 1, 1, 1, 1 }, 20)] // not (raw − 5) × 4
    public void Who_5_is_raw_times_four(int[] answers, int score) =>
        Scoring.Score(All(Questionnaire.Who5, item => answers[item - 1])).ShouldHaveSingleItem().ShouldBe(new ScaleScore("well-being", score, null));

    [Fact]
    public void The_cbi_is_a_mean_of_what_was_answered_with_one_item_reversed()
    {
        // All "always": the seventh item of work, "enough energy for family and friends", speaks against burnout.
        var always = Scoring.Score(new CheckInAnswers(Questionnaire.Cbi, Scoring.Items(Questionnaire.Cbi).ToDictionary(i => i, _ => 100, StringComparer.Ordinal)));
        var never = Scoring.Score(new CheckInAnswers(Questionnaire.Cbi, Scoring.Items(Questionnaire.Cbi).ToDictionary(i => i, _ => 0, StringComparer.Ordinal)));

        Scoring.Items(Questionnaire.Cbi).Count.ShouldBe(19);
        always.Select(s => (s.Scale, s.Score)).ShouldBe([("personal-burnout", 100), ("work-related-burnout", 85.71m), ("client-related-burnout", 100)]);
        never.Select(s => s.Score).ShouldBe([0, 14.29m, 0]);
        always.ShouldAllBe(s => s.Band == null, "the sheet gives no cut-offs");
    }

    [Theory]
    [InlineData("personal", 3)]
    [InlineData("work", 4)]
    [InlineData("client", 3)]
    public void Too_few_answers_to_a_cbi_scale_are_no_score(string scale, int least)
    {
        ScaleScore Of(int count) => Scoring.Score(new CheckInAnswers(Questionnaire.Cbi, Enumerable.Range(1, count).ToDictionary(i => $"{scale}-{i}", _ => 75, StringComparer.Ordinal)))
            .Single(s => s.Scale.StartsWith(scale, StringComparison.Ordinal));

        Of(least - 1).Score.ShouldBeNull();
        Of(least).Score.ShouldBe(75);
    }

    private static CheckInAnswers All(Questionnaire questionnaire, Func<int, int> answer) =>
        new(questionnaire, Scoring.Items(questionnaire).ToDictionary(i => i, i => answer(int.Parse(i, CultureInfo.InvariantCulture)), StringComparer.Ordinal));
}
