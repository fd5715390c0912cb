using NetworkPlatform.Insights.Periods;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class PeriodTests
{
    private static readonly LocalCalendar London = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
    private static readonly UsualPeriod TenDays = new(new DateOnly(2026, 3, 20), new DateOnly(2026, 3, 30));

    [Theory]
    [InlineData("2026-05-04", "2026-05-05", "2026-05-03T23:00:00Z", "2026-05-04T23:00:00Z")]
    [InlineData("2026-05-04T18:00Z", "2026-05-04T18:00:00.5Z", "2026-05-04T18:00:00Z", "2026-05-04T18:00:00.5Z")]
    [InlineData("2026-05-04T18:00:00+02:00", "2026-05-04T18:00-04:30", "2026-05-04T16:00:00Z", "2026-05-04T22:30:00Z")]
    [InlineData("2026-05-04", "2026-05-04T12:00:00Z", "2026-05-03T23:00:00Z", "2026-05-04T12:00:00Z")]
    public void Dates_begin_in_the_zone_and_instants_are_as_they_say(string from, string to, string start, string end) =>
        ShouldRead(from, to, start, end);

    [Theory]
    [InlineData(null, null, "2026-03-20T00:00:00Z", "2026-03-29T23:00:00Z")]
    [InlineData("2027-01-01", null, "2027-01-01T00:00:00Z", "2027-01-11T00:00:00Z")]
    [InlineData(null, "2025-01-11", "2025-01-01T00:00:00Z", "2025-01-11T00:00:00Z")]
    public void What_is_not_given_is_as_usual(string? from, string? to, string start, string end) =>
        ShouldRead(from, to, start, end);

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("04/05/2026")]
    [InlineData("2026-05-04T18:00:00")]
    [InlineData("2026-05-04 18:00:00Z")]
    [InlineData("2026-05-04T18:00:00 02:00")]
    [InlineData(" 2026-05-04T18:00:00Z")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void What_is_neither_a_date_nor_an_instant_is_refused_by_its_field(string text)
    {
        ShouldRefuse(text, "2026-05-05", "from", "Must be a date");
        ShouldRefuse("2026-05-05", text, "to", "Must be a date");
    }

    [Theory]
    [InlineData("2026-05-04", "2026-05-04")]
    [InlineData("2026-05-05", "2026-05-04")]
    [InlineData("2026-05-04", "2026-05-03T23:00:00Z")]
    public void A_period_without_anything_in_it_is_refused(string from, string to) => ShouldRefuse(from, to, "to", "Must be later");

    [Fact]
    public void Five_years_are_the_most()
    {
        Period.Read("2021-05-04", "2026-05-04", TenDays, London).IsSuccess.ShouldBeTrue();
        ShouldRefuse("2021-05-04", "2026-05-05", "to", "Must be at most 5 years");
    }

    [Fact]
    public void The_weeks_ahead_begin_today() =>
        UsualPeriod.WeeksAhead(8, new DateOnly(2026, 5, 31)).ShouldBe(new UsualPeriod(new DateOnly(2026, 5, 31), new DateOnly(2026, 7, 26)));

    [Fact]
    public void The_months_back_begin_with_a_month_and_include_today() =>
        UsualPeriod.MonthsBack(12, new DateOnly(2026, 5, 31)).ShouldBe(new UsualPeriod(new DateOnly(2025, 6, 1), new DateOnly(2026, 6, 1)));

    private static void ShouldRead(string? from, string? to, string start, string end)
    {
        var period = Period.Read(from, to, TenDays, London).Value.ShouldNotBeNull();

        period.From.ToUniversalTime().ShouldBe(DateTimeOffset.Parse(start, null));
        period.To.ToUniversalTime().ShouldBe(DateTimeOffset.Parse(end, null));
    }

    private static void ShouldRefuse(string from, string to, string field, string message)
    {
        var errors = Period.Read(from, to, TenDays, London).Error.ShouldBeOfType<Invalid>().Errors;

        errors.Single().Key.ShouldBe(field);
        errors.Single().Value.Single().ShouldStartWith(message);
    }
}
