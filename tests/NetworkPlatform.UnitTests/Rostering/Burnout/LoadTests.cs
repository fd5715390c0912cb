using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class LoadTests
{
    private static readonly DateTimeOffset Now = Given.At("2026-05-06 12:00");

    private static readonly Duty[] Taken =
    [
        Given.Between("2026-05-01 18:00", "2026-05-01 20:00"),
        Given.Between("2026-05-04 23:30", "2026-05-05 01:30"),
        Given.Between("2026-05-05 22:00", "2026-05-06 00:30", intensity: 3),
        Given.Between("2026-05-06 11:00", "2026-05-06 13:00", intensity: 3),
        Given.Between("2026-05-07 09:00", "2026-05-07 12:30"),
        Given.Between("2026-05-20 09:00", "2026-05-20 10:00"),
    ];

    [Fact]
    public void A_reading_for_each_rule_that_has_a_limit()
    {
        var readings = BurnoutRules.Load(BurnoutPolicy.Default, Taken, Now);

        readings.Select(reading => (reading.Rule, reading.Limit, reading.Actual, reading.Unit)).ShouldBe(
        [
            ("shift-length", 240m, 210m, "minutes"),
            ("hours-24h", 10m, 4.5m, "hours"),
            ("hours-7d", 12m, 12m, "hours"),
            ("hours-365d", 800m, 13m, "hours"),
            ("demanding-per-day", 1m, 2m, "shifts"),
            ("rest-between-shifts", 11m, 0m, "hours"),
            ("weekly-rest", 35m, 75.5m, "hours"),
            ("consecutive-days", 5m, 4m, "days"),
            ("consecutive-nights", 2m, 2m, "nights"),
            ("break", 6m, 2m, "hours"),
            ("time-off", 120m, 18.6667m, "days"),
            ("group-supervision", 31m, 4.75m, "days"),
            ("debrief", 0m, 0m, "sessions"),
        ]);
        Window(readings, "shift-length").ShouldBe((Given.At("2026-05-07 09:00"), Given.At("2026-05-07 12:30")));
        Window(readings, "hours-24h").ShouldBe((Given.At("2026-05-05 13:00"), Given.At("2026-05-06 13:00")));
        Window(readings, "demanding-per-day").ShouldBe((Given.At("2026-05-06 00:00"), Given.At("2026-05-07 00:00")));
        Window(readings, "weekly-rest").ShouldBe((Now.AddDays(-7), Now));
        Window(readings, "consecutive-days").ShouldBe((Given.At("2026-05-04 00:00"), Given.At("2026-05-08 00:00")));
        Window(readings, "consecutive-nights").ShouldBe((Given.At("2026-05-04 23:00"), Given.At("2026-05-06 06:00")));
    }

    [Fact]
    public void A_rule_without_a_limit_is_not_read() =>
        BurnoutRules.Load(Given.Only(BurnoutRule.Hours365d), Taken, Now).ShouldHaveSingleItem().Rule.ShouldBe("hours-365d");

    [Fact]
    public void A_free_volunteer_reads_as_rested()
    {
        var readings = BurnoutRules.Load(BurnoutPolicy.Default, [], Now);

        readings.Select(reading => reading.Actual).ShouldBe([0, 0, 0, 0, 0, 168, 168, 0, 0, 0, 0, 0, 0]);
        Window(readings, "rest-between-shifts").ShouldBe((Now.AddDays(-7), Now));
        Window(readings, "consecutive-nights").ShouldBe((Given.At("2026-05-06 23:00", "UTC"), Given.At("2026-05-07 06:00", "UTC")));
    }

    [Fact]
    public void Rest_is_counted_since_the_last_end()
    {
        var readings = BurnoutRules.Load(BurnoutPolicy.Default, Taken, Given.At("2026-05-06 19:30"));

        readings.Single(reading => reading.Rule == "rest-between-shifts").Actual.ShouldBe(6.5m);
        Window(readings, "rest-between-shifts").ShouldBe((Given.At("2026-05-06 13:00"), Given.At("2026-05-06 19:30")));
    }

    [Theory]
    [InlineData("2026-05-08 12:00", 4)]
    [InlineData("2026-05-03 12:00", 4)]
    [InlineData("2026-05-02 12:00", 1)]
    [InlineData("2026-05-09 12:00", 0)]
    public void A_run_counts_on_the_days_beside_it(string now, int days) =>
        BurnoutRules.Load(BurnoutPolicy.Default, Taken, Given.At(now))
            .Single(reading => reading.Rule == "consecutive-days").Actual.ShouldBe(days);

    [Fact]
    public void Today_is_the_date_where_the_last_duty_was()
    {
        // 03:00 on the 7th in Berlin is still the evening of the 6th in New York.
        Duty[] taken = [Given.Lasting(60, "2026-05-06 10:00", "America/New_York", intensity: 3), Given.Lasting(60, "2026-05-08 10:00")];

        var readings = BurnoutRules.Load(BurnoutPolicy.Default, taken, Given.At("2026-05-07 03:00"));

        readings.Single(reading => reading.Rule == "demanding-per-day").Actual.ShouldBe(1);
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Window(IEnumerable<LoadReading> readings, string rule)
    {
        var reading = readings.Single(reading => reading.Rule == rule);
        return (reading.WindowStart, reading.WindowEnd);
    }
}
