using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Funding.Funds;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

/// <summary>The condition that the database checks, and the reason that is given where it does not hold.</summary>
public sealed class FundGuardTests
{
    private static readonly Figures Standing = new(Balance: 100, Allocated: 40, Spent: 7);

    [Theory]
    [InlineData("60.0000", true)]
    [InlineData("60.0001", false)]
    public void Available_money_may_be_spent_to_the_last_bit(string amount, bool borne)
    {
        var taken = Amounts.Parse(amount);

        Bears(Standing, new Figures(-taken, 0, taken)).ShouldBe(borne);
        Bears(Standing, new Figures(0, taken, 0)).ShouldBe(borne);
    }

    [Fact]
    public void Nobody_may_draw_more_on_allocations_than_is_allocated() => Bears(Standing, new Figures(-41, -41, 41)).ShouldBeFalse();

    [Fact]
    public void Drawing_more_on_allocations_than_is_allocated_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => Posting.Refusal(Standing, new Figures(-41, -41, 41), "EUR"));

    [Fact]
    public void An_allocation_or_an_expense_for_no_group_is_told_what_is_available()
    {
        var expected = new FundWouldBeOverspent("60.00", "60.50", "EUR");

        Posting.Refusal(Standing, new Figures(0, 60.5m, 0), "EUR").ShouldBe(expected);
        Posting.Refusal(Standing, new Figures(-60.5m, 0, 60.5m), "EUR").ShouldBe(expected);
    }

    [Fact]
    public void An_expense_for_a_group_is_told_what_is_available_to_that_group() =>
        Posting.Refusal(Standing, new Figures(-90, -25, 90), "EUR").ShouldBe(new FundWouldBeOverspent("85.00", "90.00", "EUR"));

    [Fact]
    public void A_figure_that_would_not_fit_its_column_is_refused()
    {
        Posting.Refusal(Standing, new Figures(Fund.Largest - 100, 0, 0), "EUR").ShouldBeNull();
        Posting.Refusal(Standing, new Figures(Fund.Largest - 99, 0, 0), "EUR").ShouldBe(new FundWouldOutgrowLedger());
        Posting.Refusal(new Figures(1, 0, Fund.Largest), new Figures(-1, 0, 1), "EUR").ShouldBe(new FundWouldOutgrowLedger());
    }

    [Fact]
    public void There_is_a_reason_exactly_where_the_condition_does_not_hold()
    {
        var figures = Gen.OneOf(Gen.Choose(0, 20).Select(n => (decimal)n), Gen.Choose(0, 20).Select(n => Fund.Largest - n));
        var changes = Gen.OneOf(Gen.Choose(-20, 20).Select(n => (decimal)n), Gen.Choose(-20, 20).Select(n => Fund.Largest - n));
        var cases =
            from balance in figures
            from allocated in figures
            from spent in figures
            where allocated <= balance
            from byBalance in changes
            from byAllocated in changes
            from bySpent in changes
            where allocated + byAllocated >= 0
            select (Figures: new Figures(balance, allocated, spent), Change: new Figures(byBalance, byAllocated, bySpent));

        Prop.ForAll(Arb.From(cases), test => (Posting.Refusal(test.Figures, test.Change, "EUR") is null).ShouldBe(Bears(test.Figures, test.Change)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool Bears(Figures figures, Figures change) => Fund.Bears(change).Compile(preferInterpretation: true)(
        new Fund { Name = "General", Currency = "EUR", Balance = figures.Balance, Allocated = figures.Allocated, Spent = figures.Spent });
}
