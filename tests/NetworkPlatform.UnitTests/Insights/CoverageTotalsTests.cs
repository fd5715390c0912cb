using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Coverage;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class CoverageTotalsTests
{
    private static readonly Gen<AlikeSessions[]> Sessions = Gen.ArrayOf(
        from isCancelled in Gen.Elements(false, false, true)
        from places in Gen.Choose(0, 4)
        from confirmed in Gen.Choose(0, 6)
        from count in Gen.Choose(1, 20)
        select new AlikeSessions(isCancelled, places, confirmed, count));

    [Fact]
    public void Nothing_is_covered_by_nothing() => CoverageTotals.Of([]).ShouldBe(new CoverageTotals(0, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void A_shift_is_uncovered_without_anybody_and_has_open_places_while_it_lacks_one()
    {
        AlikeSessions[] sessions =
        [
            new(IsCancelled: false, Places: 2, Confirmed: 0, Count: 3),
            new(IsCancelled: false, Places: 2, Confirmed: 1, Count: 5),
            new(IsCancelled: false, Places: 2, Confirmed: 2, Count: 7),
        ];

        CoverageTotals.Of(sessions).ShouldBe(new CoverageTotals(Sessions: 15, Shifts: 15, Places: 30, Confirmed: 19, Uncovered: 3, Open: 11, Cancelled: 0));
    }

    [Fact]
    public void A_sign_up_too_many_fills_no_place_elsewhere() =>
        CoverageTotals.Of([new(IsCancelled: false, Places: 1, Confirmed: 3, Count: 1), new(IsCancelled: false, Places: 1, Confirmed: 0, Count: 1)])
            .ShouldBe(new CoverageTotals(Sessions: 2, Shifts: 2, Places: 2, Confirmed: 3, Uncovered: 1, Open: 1, Cancelled: 0));

    [Fact]
    public void A_session_that_needs_nobody_has_no_shift() =>
        CoverageTotals.Of([new(IsCancelled: false, Places: 0, Confirmed: 0, Count: 4)])
            .ShouldBe(new CoverageTotals(Sessions: 4, Shifts: 0, Places: 0, Confirmed: 0, Uncovered: 0, Open: 0, Cancelled: 0));

    [Fact]
    public void A_cancelled_session_is_only_counted_as_such() =>
        CoverageTotals.Of([new(IsCancelled: true, Places: 2, Confirmed: 1, Count: 4)])
            .ShouldBe(new CoverageTotals(Sessions: 0, Shifts: 0, Places: 0, Confirmed: 0, Uncovered: 0, Open: 0, Cancelled: 4));

    [Fact]
    public void Totals_are_those_of_each_session_looked_at_by_itself() => Prop.ForAll(Arb.From(Sessions), sessions =>
    {
        var oneByOne = sessions.SelectMany(s => Enumerable.Repeat(s with { Count = 1 }, s.Count)).Select(s => CoverageTotals.Of([s])).ToList();

        CoverageTotals.Of(sessions).ShouldBe(new CoverageTotals(
            oneByOne.Sum(t => t.Sessions), oneByOne.Sum(t => t.Shifts), oneByOne.Sum(t => t.Places), oneByOne.Sum(t => t.Confirmed),
            oneByOne.Sum(t => t.Uncovered), oneByOne.Sum(t => t.Open), oneByOne.Sum(t => t.Cancelled)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Totals_agree_with_one_another() => Prop.ForAll(Arb.From(Sessions), sessions =>
    {
        var totals = CoverageTotals.Of(sessions);

        totals.Uncovered.ShouldBeLessThanOrEqualTo(totals.Shifts);
        totals.Shifts.ShouldBeLessThanOrEqualTo(totals.Sessions);
        totals.Open.ShouldBeInRange(Math.Max(totals.Uncovered, totals.Places - totals.Confirmed), totals.Places);
        (totals.Sessions + totals.Cancelled).ShouldBe(sessions.Sum(s => s.Count));
    }).QuickCheckThrowOnFailure();
}
