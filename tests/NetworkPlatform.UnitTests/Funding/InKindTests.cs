using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using NetworkPlatform.Funding.InKind;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.UnitTests.Funding;

public sealed class InKindTests
{
    private const string Setting = "Funding:InKindHourlyValue:";

    [Fact]
    public void An_hour_is_worth_what_is_set_for_its_currency_else_the_default_else_twenty()
    {
        Values(("EUR", "18.50")).ValueOf(60, "EUR").ShouldBe(new Money(18.5m, "EUR"));
        Values(("EUR", "18.50"), ("Default", "15")).ValueOf(60, "GBP").ShouldBe(new Money(15, "GBP"));
        Values().ValueOf(60, "GBP").ShouldBe(new Money(20, "GBP"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("18,50")]
    [InlineData("-1")]
    public void A_value_that_is_no_amount_is_refused_by_name(string value) =>
        Should.Throw<InvalidOperationException>(() => Values(("EUR", value))).Message.ShouldStartWith(Setting + "EUR must be");

    [Theory]
    [InlineData(15, "4.62")] // 4.625
    [InlineData(45, "13.88")] // 13.875
    [InlineData(90, "27.75")]
    [InlineData(1, "0.31")] // 0.3083…
    public void Minutes_are_worth_their_part_of_the_hour_ties_to_the_even_cent(int minutes, string value) =>
        Values(("EUR", "18.50")).ValueOf(minutes, "EUR").ShouldBe(new Money(Amounts.Parse(value), "EUR"));

    [Fact]
    public void Rounding_is_off_by_half_a_cent_at_most_and_the_ledger_keeps_every_cent()
    {
        var cases =
            from minutes in Gen.Choose(1, 720)
            from value in Gen.Choose(1, 1_000_000)
            select (Minutes: minutes, Hour: value / 10_000m);

        Prop.ForAll(Arb.From(cases), test =>
        {
            var value = Values(("EUR", Amounts.Format(test.Hour))).ValueOf(test.Minutes, "EUR");

            Math.Abs((value.Amount * 60) - (test.Minutes * test.Hour)).ShouldBeLessThanOrEqualTo(0.3m);
            decimal.Round(value.Amount, 2).ShouldBe(value.Amount);
            LedgerTransaction.VolunteerTime(Guid.CreateVersion7(), Guid.CreateVersion7(), value, default, default).Entries.Sum(e => e.Amount).ShouldBe(0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Rounding_does_not_drift()
    {
        // Quarters of an hour at 0.50 are all ties: 0.125, 0.375 and so on.
        var values = Values(("EUR", "0.50"));
        var quarters = Enumerable.Range(0, 1000).Select(i => 15 * (1 + (2 * (i % 8)))).ToList();

        quarters.Sum(minutes => values.ValueOf(minutes, "EUR").Amount).ShouldBe(quarters.Sum(minutes => minutes * 0.50m / 60));
    }

    private static HourlyValues Values(params (string Currency, string Value)[] settings) => HourlyValues.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(Setting + s.Currency, (string?)s.Value)))
        .Build());
}
