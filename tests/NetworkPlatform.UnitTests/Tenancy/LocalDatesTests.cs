using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.UnitTests.Tenancy;

public sealed class LocalDatesTests
{
    [Theory]
    [InlineData("2026-03-31T22:30:00Z", "2026-04-01")]
    [InlineData("2026-03-31T21:59:59Z", "2026-03-31")]
    [InlineData("2026-01-31T22:30:00Z", "2026-01-31")]
    [InlineData("2026-01-31T23:30:00Z", "2026-02-01")]
    public void An_instant_is_on_the_date_that_the_zones_clocks_show_in_summer_and_in_winter(string instant, string date) =>
        DateTimeOffset.Parse(instant, null).DateIn("Europe/Berlin").ShouldBe(DateOnly.ParseExact(date, "O", null));
}
