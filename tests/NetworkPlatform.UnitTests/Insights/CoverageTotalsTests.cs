using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Coverage;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class CoverageTotalsTests
{
    private static readonly Gen<AlikeShifts[]> Shifts = Gen.ArrayOf(
        from places in Gen.Choose(0, 4)
        from confirmed in Gen.Choose(0, 6)
        from count in Gen.Choose(1, 20)
        select new AlikeShifts(places, confirmed, count));

    [Fact]
    public void Nothing_is_covered_by_nothing() => CoverageTotals.Of([]).ShouldBe(new CoverageTotals(0, 0, 0, 0, 0));

    [Fact]
    public void A_shift_is_uncovered_without_anybody_and_has_open_places_while_it_lacks_one()
    {
        AlikeShifts[] shifts = [new(Places: 2, Confirmed: 0, Count: 3), new(Places: 2, Confirmed: 1, Count: 5), new(Places: 2, Confirmed: 2, Count: 7)];

        CoverageTotals.Of(shifts).ShouldBe(new CoverageTotals(Shifts: 15, Places: 30, Confirmed: 19, Uncovered: 3, Open: 11));
    }

    [Fact]
    public void A_sign_up_too_many_fills_no_place_elsewhere() =>
        CoverageTotals.Of([new(Places: 1, Confirmed: 3, Count: 1), new(Places: 1, Confirmed: 0, Count: 1)])
            .ShouldBe(new CoverageTotals(Shifts: 2, Places: 2, Confirmed: 3, Uncovered: 1, Open: 1));

    [Fact]
    public void A_shift_that_needs_nobody_is_none() =>
        CoverageTotals.Of([new(Places: 0, Confirmed: 0, Count: 4)]).ShouldBe(new CoverageTotals(Shifts: 0, Places: 0, Confirmed: 0, Uncovered: 0, Open: 0));

    [Fact]
    public void Totals_are_those_of_each_shift_looked_at_by_itself() => Prop.ForAll(Arb.From(Shifts), shifts =>
    {
        var oneByOne = shifts.SelectMany(s => Enumerable.Repeat(s with { Count = 1 }, s.Count)).Select(s => CoverageTotals.Of([s])).ToList();

        CoverageTotals.Of(shifts).ShouldBe(new CoverageTotals(
            oneByOne.Sum(t => t.Shifts), oneByOne.Sum(t => t.Places), oneByOne.Sum(t => t.Confirmed), oneByOne.Sum(t => t.Uncovered), oneByOne.Sum(t => t.Open)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Totals_agree_with_one_another() => Prop.ForAll(Arb.From(Shifts), shifts =>
    {
        var totals = CoverageTotals.Of(shifts);

        totals.Uncovered.ShouldBeLessThanOrEqualTo(totals.Shifts);
        totals.Shifts.ShouldBeLessThanOrEqualTo(shifts.Sum(s => s.Count));
        totals.Open.ShouldBeInRange(Math.Max(totals.Uncovered, totals.Places - totals.Confirmed), totals.Places);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0, 2)]
    public void A_shift_has_the_places_of_its_latest_change_in_whatever_order_they_are_heard_of(params int[] revisions)
    {
        var shift = ShiftFact.About(Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var revision in revisions)
        {
            shift.Apply(places: 10 + revision, revision);
        }

        shift.Places.ShouldBe(12);
    }
}
