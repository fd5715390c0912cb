using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Retention;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class CohortsTests
{
    private static readonly Guid[] Volunteers = [.. Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7())];

    private static readonly Gen<Case> Cases =
        from attended in Gen.ListOf(
            from volunteer in Gen.Elements(Volunteers)
            from month in Gen.Choose(0, 20)
            select (volunteer, Month(month)))
        from until in Gen.Choose(0, 24)
        select new Case([.. attended], Month(until));

    [Fact]
    public void Nobody_makes_no_cohort() => Cohorts.Of([], Month(5)).ShouldBeEmpty();

    [Fact]
    public void A_volunteer_belongs_to_the_month_of_the_first_shift_and_is_retained_in_every_month_with_one()
    {
        (Guid, DateOnly)[] attended =
        [
            (Volunteers[1], Month(2)), (Volunteers[0], Month(3)), (Volunteers[0], Month(0)), (Volunteers[2], Month(0)),
            (Volunteers[2], Month(1)), (Volunteers[3], Month(0)),
        ];

        var cohorts = Cohorts.Of(attended, until: Month(4));

        cohorts.Select(c => (c.Month, c.Size)).ShouldBe([(Month(0), 3), (Month(2), 1)]);
        cohorts[0].Retained.ShouldBe(
        [
            new RetainedMonth(Month(0), 3, 1m), new RetainedMonth(Month(1), 1, 0.3333m), new RetainedMonth(Month(2), 0, 0m),
            new RetainedMonth(Month(3), 1, 0.3333m), new RetainedMonth(Month(4), 0, 0m),
        ]);
        cohorts[1].Retained.ShouldBe([new RetainedMonth(Month(2), 1, 1m), new RetainedMonth(Month(3), 0, 0m), new RetainedMonth(Month(4), 0, 0m)]);
    }

    [Fact]
    public void A_month_counts_once_however_often_it_is_told() =>
        Cohorts.Of([(Volunteers[0], Month(0)), (Volunteers[0], Month(0))], Month(0)).Single().Retained.Single().ShouldBe(new RetainedMonth(Month(0), 1, 1m));

    [Fact]
    public void Every_volunteer_is_in_one_cohort() => Check((test, cohorts) =>
    {
        cohorts.Sum(c => c.Size).ShouldBe(test.Attended.Select(a => a.VolunteerId).Distinct().Count());
        cohorts.Select(c => c.Month).ShouldBe(cohorts.Select(c => c.Month).Distinct().Order());
    });

    [Fact]
    public void A_cohort_starts_whole_and_never_exceeds_its_size() => Check((_, cohorts) =>
    {
        foreach (var cohort in cohorts)
        {
            cohort.Size.ShouldBePositive();
            cohort.Retained[0].ShouldBe(new RetainedMonth(cohort.Month, cohort.Size, 1m));
            cohort.Retained.ShouldAllBe(r => r.Count >= 0 && r.Count <= cohort.Size && r.Rate == Math.Round((decimal)r.Count / cohort.Size, 4));
        }
    });

    [Fact]
    public void Every_attended_month_is_counted_in_one_cohort() => Check((test, cohorts) =>
    {
        var told = from cohort in cohorts
                   from retained in cohort.Retained
                   group retained.Count by retained.Month into counts
                   where counts.Sum() > 0
                   orderby counts.Key
                   select (counts.Key, counts.Sum());

        told.ShouldBe(test.Attended.Distinct().GroupBy(a => a.Month).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
    });

    [Fact]
    public void A_cohort_is_followed_month_by_month_to_the_end() => Check((test, cohorts) =>
    {
        var last = test.Attended.Select(a => a.Month).Append(test.Until).Max();
        foreach (var cohort in cohorts)
        {
            cohort.Retained.Select(r => r.Month).ShouldBe(Enumerable.Range(0, 100).Select(cohort.Month.AddMonths).TakeWhile(month => month <= last));
        }
    });

    private static void Check(Action<Case, IReadOnlyList<Cohort>> body) =>
        Prop.ForAll(Arb.From(Cases), test => body(test, Cohorts.Of(test.Attended, test.Until))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static DateOnly Month(int number) => new DateOnly(2025, 6, 1).AddMonths(number);

    private sealed record Case((Guid VolunteerId, DateOnly Month)[] Attended, DateOnly Until);
}
