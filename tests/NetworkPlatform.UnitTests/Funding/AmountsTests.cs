using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

public sealed class AmountsTests
{
    [Theory]
    [InlineData("120.50")]
    [InlineData("1")]
    [InlineData("0.0001")]
    [InlineData("007")]
    [InlineData("999999999999.9999")]
    public void A_positive_decimal_of_at_most_four_places_is_an_amount(string text) => Amounts.IsAmount(text).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.0000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.00001")]
    [InlineData("1000000000000")]
    [InlineData("1,50")]
    [InlineData("1,000.00")]
    [InlineData("1e3")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(" 5")]
    [InlineData("5\n")]
    [InlineData("٥")]
    [InlineData("NaN")]
    public void Anything_else_is_not(string? text) => Amounts.IsAmount(text).ShouldBeFalse();

    [Theory]
    [InlineData("120.5", "120.50")]
    [InlineData("120.5000", "120.50")]
    [InlineData("120.1230", "120.123")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("7", "7.00")]
    public void Goes_out_with_at_least_two_decimals(string text, string formatted) => Amounts.Format(Amounts.Parse(text)).ShouldBe(formatted);

    [Fact]
    public void A_credit_goes_out_with_its_sign() => Amounts.Format(-1234.5m).ShouldBe("-1234.50");

    [Fact]
    public void What_goes_out_comes_in_as_the_same_amount() => Prop.ForAll(
        Arb.From(
            from whole in Gen.Choose(0, int.MaxValue)
            from parts in Gen.Choose(1, 9999)
            select (whole * 400m) + (parts / 10_000m)),
        amount =>
        {
            Amounts.IsAmount(Amounts.Format(amount)).ShouldBeTrue();
            Amounts.Parse(Amounts.Format(amount)).ShouldBe(amount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
