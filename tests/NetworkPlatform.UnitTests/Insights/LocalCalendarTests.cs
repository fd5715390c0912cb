using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class LocalCalendarTests
{
    /// <summary>Clocks that change at midnight, at other hours, by half an hour, or by skipping a whole day (Apia, 30 December 2011).</summary>
    private static readonly string[] Zones =
    [
        "Europe/London", "America/New_York", "America/Santiago", "America/Havana", "America/Nuuk", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia",
        "Pacific/Kiritimati", "Asia/Kathmandu", "UTC",
    ];

    [Theory]
    [InlineData("Europe/London", "2026-07-01", "2026-06-30T23:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z")]
    public void A_day_begins_at_its_first_instant(string zone, string date, string instant) =>
        Calendar(zone).StartOf(Date(date)).ToUniversalTime().ShouldBe(Instant(instant));

    [Fact]
    public void A_day_has_begun_at_its_start_and_not_a_moment_before() => Prop.ForAll(Arb.From(
        from zone in Gen.Elements(Zones)
        from day in Gen.Choose(0, 30 * 366)
        select (zone, date: new DateOnly(2005, 1, 1).AddDays(day))), test =>
        {
            var calendar = Calendar(test.zone);
            var start = calendar.StartOf(test.date);

            calendar.DateOf(start).ShouldBeGreaterThanOrEqualTo(test.date);
            calendar.DateOf(start.AddTicks(-1)).ShouldBeLessThan(test.date);
            calendar.FirstDayFrom(start).ShouldBe(calendar.DateOf(start));
            calendar.FirstDayFrom(start.AddTicks(1)).ShouldBe(calendar.DateOf(start).AddDays(1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("America/New_York", "2026-06-01T03:59:59Z", "2026-05-01")]
    [InlineData("America/New_York", "2026-06-01T04:00:00Z", "2026-06-01")]
    [InlineData("Pacific/Kiritimati", "2026-05-31T10:00:00Z", "2026-06-01")]
    [InlineData("UTC", "2026-06-01T00:00:00Z", "2026-06-01")]
    public void A_month_is_the_one_on_the_local_clock(string zone, string instant, string month) =>
        Calendar(zone).MonthOf(Instant(instant)).ShouldBe(Date(month));

    private static LocalCalendar Calendar(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
