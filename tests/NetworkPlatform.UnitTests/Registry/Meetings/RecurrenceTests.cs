using System.Diagnostics;
using System.Globalization;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Meetings;

/// <summary>The dates marked "RFC" are those that RFC 5545, 3.8.5.3 gives for the same rule.</summary>
public sealed class RecurrenceTests
{
    [Theory]
    [InlineData("every day", "FREQ=DAILY;COUNT=3", "1997-09-02", "1997-09-02 1997-09-03 1997-09-04")]
    [InlineData(
        "RFC every tenth day", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12")]
    [InlineData("days that a filter leaves", "FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "2026-01-01", "2026-01-03 2026-01-04 2026-01-10")]
    [InlineData("last days of months", "FREQ=DAILY;BYMONTHDAY=-1;COUNT=3", "2026-01-15", "2026-01-31 2026-02-28 2026-03-31")]
    [InlineData("the weekday of the first date", "FREQ=WEEKLY;COUNT=3", "2026-07-09", "2026-07-09 2026-07-16 2026-07-23")]
    [InlineData(
        "RFC every other week", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971001;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01",
        "1997-09-01 1997-09-03 1997-09-05 1997-09-15 1997-09-17 1997-09-19 1997-09-29 1997-10-01")]
    [InlineData(
        "RFC week from Monday", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05",
        "1997-08-05 1997-08-10 1997-08-19 1997-08-24")]
    [InlineData(
        "RFC week from Sunday", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05",
        "1997-08-05 1997-08-17 1997-08-19 1997-08-31")]
    [InlineData(
        "RFC first Friday", "FREQ=MONTHLY;COUNT=5;BYDAY=1FR", "1997-09-05", "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02")]
    [InlineData(
        "RFC first and last Sunday", "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU", "1997-09-07",
        "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25")]
    [InlineData("RFC last but two", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4", "1997-09-28", "1997-09-28 1997-10-29 1997-11-28 1997-12-29")]
    [InlineData(
        "RFC Friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4", "1997-09-02", "1998-02-13 1998-03-13 1998-11-13 1999-08-13")]
    [InlineData("RFC third of three", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-10-07 1997-11-06")]
    [InlineData(
        "RFC last workday but one", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4", "1997-09-29",
        "1997-09-29 1997-10-30 1997-11-27 1997-12-30")]
    [InlineData(
        "RFC a 30th that February lacks", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15",
        "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30")]
    [InlineData("the 31st of the first date", "FREQ=MONTHLY;COUNT=3", "2026-01-31", "2026-01-31 2026-03-31 2026-05-31")]
    [InlineData("fifth Monday", "FREQ=MONTHLY;BYDAY=5MO;COUNT=3", "2026-01-01", "2026-03-30 2026-06-29 2026-08-31")]
    [InlineData(
        "all positions at once", "FREQ=MONTHLY;BYMONTHDAY=3,9;BYSETPOS=2,-1,1,5;COUNT=3", "2026-01-01", "2026-01-03 2026-01-09 2026-02-03")]
    [InlineData(
        "positions count from the month's start", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=2", "2026-01-06", "2026-02-02 2026-03-02")]
    [InlineData("until, included", "FREQ=DAILY;UNTIL=20260103", "2026-01-01", "2026-01-01 2026-01-02 2026-01-03")]
    public void Occurs_on(string what, string rule, string startsOn, string expected)
    {
        var dates = Rule(rule).Occurrences(Date(startsOn), DateOnly.MinValue, Date("2030-01-01"));
        string.Join(' ', dates.Select(Text)).ShouldBe(expected, what);
    }

    [Fact]
    public void A_first_date_that_does_not_match_is_neither_an_occurrence_nor_counted() =>
        Rule("FREQ=WEEKLY;BYDAY=MO;COUNT=2").Occurrences(Date("2026-07-09"), Date("2026-07-01"), Date("2026-12-31"))
            .ShouldBe([Date("2026-07-13"), Date("2026-07-20")]);

    [Fact]
    public void Count_runs_from_the_first_date_even_when_a_later_window_is_asked_for() =>
        Rule("FREQ=WEEKLY;COUNT=3").Occurrences(Date("2026-07-09"), Date("2026-07-20"), Date("2026-12-31")).ShouldBe([Date("2026-07-23")]);

    [Fact]
    public void Both_ends_of_the_window_are_included() =>
        Recurrence.Weekly([DayOfWeek.Thursday]).Occurrences(Date("2026-01-01"), Date("2026-07-09"), Date("2026-07-16"))
            .ShouldBe([Date("2026-07-09"), Date("2026-07-16")]);

    [Fact]
    public void A_window_before_the_first_date_or_upside_down_is_empty()
    {
        Recurrence.Weekly([DayOfWeek.Thursday]).Occurrences(Date("2026-07-09"), Date("2026-01-01"), Date("2026-07-08")).ShouldBeEmpty();
        Recurrence.Weekly([DayOfWeek.Thursday]).Occurrences(Date("2026-01-01"), Date("2026-07-09"), Date("2026-07-02")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("FREQ=DAILY", 31)]
    [InlineData("FREQ=WEEKLY;BYDAY=FR", 5)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", 1)]
    public void The_calendar_may_end(string rule, int occurrencesInTheLastMonth) =>
        Rule(rule).Occurrences(DateOnly.MinValue, new DateOnly(9999, 12, 1), DateOnly.MaxValue).Count().ShouldBe(occurrencesInTheLastMonth);

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=3")]
    [InlineData("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR")]
    public void A_late_window_costs_no_more_than_an_early_one(string rule)
    {
        var recurrence = Rule(rule);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 5_000; i++)
        {
            recurrence.Occurrences(DateOnly.MinValue, Date("9990-01-01").AddDays(i % 100), Date("9990-03-31").AddDays(i % 100))
                .Any().ShouldBeTrue();
        }

        // Walking there from the first date takes minutes.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Weekly_takes_each_day_once_and_at_least_one()
    {
        Recurrence.Weekly([DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Sunday]).ToRule().ShouldBe("FREQ=WEEKLY;BYDAY=MO,SU");
        Should.Throw<ArgumentException>(() => Recurrence.Weekly([]));
    }

    [Theory]
    // 07:00 in Auckland on the 29th is still the 28th in UTC; 19:00 in New York on the 29th is already the 30th.
    [InlineData("20261228T180000Z", "Pacific/Auckland", "07:00", "2026-12-29")]
    [InlineData("20261228T175959Z", "Pacific/Auckland", "07:00", "2026-12-28")]
    [InlineData("20261230T000000Z", "America/New_York", "19:00", "2026-12-29")]
    [InlineData("20261229T235959Z", "America/New_York", "19:00", "2026-12-28")]
    [InlineData("20261229T120000Z", "Etc/UTC", "12:00", "2026-12-29")]
    public void An_end_in_utc_becomes_the_last_local_date_that_starts_by_then(string until, string zone, string time, string lastDate)
    {
        var local = Rule($"FREQ=DAILY;UNTIL={until}").EndingIn(zone, TimeOnly.Parse(time, CultureInfo.InvariantCulture));
        local.ToRule().ShouldBe($"FREQ=DAILY;UNTIL={lastDate.Replace("-", "", StringComparison.Ordinal)}");
        local.Occurrences(Date("2026-12-01"), Date("2026-12-01"), Date("2027-01-31")).Last().ShouldBe(Date(lastDate));
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU;BYSETPOS=1;COUNT=6")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;UNTIL=20261231;WKST=SU")]
    [InlineData("FREQ=DAILY;UNTIL=99991231T235959Z")]
    public void An_end_of_another_kind_stays(string rule) => Rule(rule).EndingIn("Asia/Tokyo", new TimeOnly(19, 0)).ToRule().ShouldBe(rule);

    [Fact]
    public void An_end_in_utc_keeps_the_other_parts() =>
        Rule("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,2MO;BYMONTHDAY=1,8;BYSETPOS=1;UNTIL=20261231T000000Z")
            .EndingIn("Etc/UTC", new TimeOnly(0, 0))
            .ToRule().ShouldBe("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,2MO;BYMONTHDAY=1,8;BYSETPOS=1;UNTIL=20261231");

    internal static Recurrence Rule(string rule)
    {
        Recurrence.TryParse(rule, out var recurrence, out var problem).ShouldBeTrue($"{rule}: {problem}");
        return recurrence.ShouldNotBeNull();
    }

    internal static DateOnly Date(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
