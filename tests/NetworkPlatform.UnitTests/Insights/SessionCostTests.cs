using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Costs;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class SessionCostTests
{
    [Theory]
    [InlineData("0", "0.00")]
    [InlineData("1234.5000", "1234.50")]
    [InlineData("0.1230", "0.123")]
    [InlineData("-0.1234", "-0.1234")]
    [InlineData("999999999999999.9999", "999999999999999.9999")]
    public void An_amount_has_two_to_four_decimals(string amount, string text) => SessionCost.Text(decimal.Parse(amount, CultureInfo.InvariantCulture)).ShouldBe(text);

    [Fact]
    public void An_amount_reads_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            SessionCost.Text(1234.5m).ShouldBe("1234.50");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_session_has_no_cost() => new SessionCost(100m, SessionsHeld: 0).PerSessionHeld.ShouldBeNull();

    [Fact]
    public void Sessions_share_what_was_spent() => new SessionCost(100m, SessionsHeld: 3).PerSessionHeld.ShouldBe(33.3333m);

    [Fact]
    public void The_cost_of_all_sessions_together_is_what_was_spent() => Prop.ForAll(Arb.From(
        from units in Gen.Choose(int.MinValue, int.MaxValue)
        from sessions in Gen.Choose(1, 5000)
        select new SessionCost(units / 10_000m, sessions)), cost =>
        {
            var perSession = cost.PerSessionHeld.ShouldNotBeNull();
            decimal.Round(perSession, 4).ShouldBe(perSession);
            Math.Abs((perSession * cost.SessionsHeld) - cost.Spent).ShouldBeLessThanOrEqualTo(0.00005m * cost.SessionsHeld);
        }).QuickCheckThrowOnFailure();
}
