using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Burnout;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class MonthOfLoadTests
{
    private static readonly Guid[] People = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];

    private static readonly Gen<OverloadedShift> Shifts =
        from volunteer in Gen.Elements(People)
        from limits in Gen.Elements("hours-7d", "weekly-rest", "hours-7d, weekly-rest", "consecutive-days, hours-7d")
        from overridden in Gen.Elements(true, false)
        select new OverloadedShift(volunteer, limits, overridden);

    [Fact]
    public void A_volunteer_counts_once_however_many_shifts_were_too_much()
    {
        OverloadedShift[] shifts = [.. Overloaded(7, "hours-7d, weekly-rest"), .. Overloaded(12, "hours-7d"), .. Overloaded(6, "shift-length", isOverridden: true)];

        var month = MonthOfLoad.Of(30, shifts);

        (month.Volunteers, month.Overloaded, month.Overridden).ShouldBe((30, 12, 6));
        month.Limits.ShouldBe([("hours-7d", 12), ("shift-length", 6), ("weekly-rest", 7)], ignoreOrder: true);
        month.Limits.Select(l => l.Volunteers).ShouldBe([12, 7, 6]);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(4, 0, null, null)]
    [InlineData(5, 0, 5, 0)]
    [InlineData(20, 4, 20, null)]
    [InlineData(20, 5, 20, 5)]
    [InlineData(20, 15, 20, 15)]
    [InlineData(20, 16, 20, null)]
    [InlineData(20, 20, 20, 20)]
    public void Numbers_below_five_are_not_told_nor_what_is_left_of_others(int volunteers, int overloaded, int? tellsVolunteers, int? tellsOverloaded)
    {
        var month = MonthOfLoad.Of(volunteers, Overloaded(overloaded, "hours-7d"));

        (month.Volunteers, month.Overloaded).ShouldBe((tellsVolunteers, tellsOverloaded));
        month.Limits.Count.ShouldBe(tellsOverloaded > 0 ? 1 : 0);
    }

    [Fact]
    public void No_difference_of_what_is_told_is_a_number_below_five() => Prop.ForAll(
        Arb.From(from shifts in Gen.ListOf(Shifts) from others in Gen.Choose(0, 10) select (Shifts: shifts.ToArray(), Others: others)),
        test =>
        {
            var inLoad = test.Shifts.Select(s => s.VolunteerId).Distinct().Count();
            var month = MonthOfLoad.Of(inLoad + test.Others, test.Shifts);
            // Each is part of the one before, and a limit's of the overloaded.
            foreach (var chain in month.Limits.Select(l => (int?)l.Volunteers).Append(month.Overridden).Select(part => new[] { month.Volunteers, month.Overloaded, part, 0 }))
            {
                var told = chain.OfType<int>().ToList();
                foreach (var (whole, part) in told.SelectMany((whole, i) => told.Skip(i + 1).Select(part => (whole, part))))
                {
                    (whole - part is 0 or >= MonthOfLoad.FewestTold).ShouldBeTrue($"{whole} - {part}");
                }
            }
        }).QuickCheckThrowOnFailure();

    private static OverloadedShift[] Overloaded(int volunteers, string limits, bool isOverridden = false) =>
        [.. People.Take(volunteers).Select(id => new OverloadedShift(id, limits, isOverridden))];
}
