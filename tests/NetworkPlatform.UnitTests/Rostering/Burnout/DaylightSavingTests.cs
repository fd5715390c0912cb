using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

/// <summary>
/// In 2026 clocks change in New York on 8 March and 1 November at 02:00, in London on 29 March and 25 October at 01:00 UTC, on Lord
/// Howe Island by half an hour only on 5 April (back) and 4 October (forward) at 02:00, in Santiago at midnight, and in Nuuk just
/// before or at it.
/// </summary>
public sealed class DaylightSavingTests
{
    private const string NewYork = "America/New_York";
    private const string London = "Europe/London";
    private const string LordHowe = "Australia/Lord_Howe";
    private const string Santiago = "America/Santiago";
    private const string Nuuk = "America/Nuuk";

    [Theory]
    [InlineData(NewYork, "2026-03-08", 180)]
    [InlineData(NewYork, "2026-11-01", 300)]
    [InlineData(London, "2026-03-29", 180)]
    [InlineData(London, "2026-10-25", 300)]
    [InlineData(LordHowe, "2026-04-05", 270)]
    [InlineData(LordHowe, "2026-10-04", 210)]
    public void A_shift_is_as_long_as_the_time_that_elapses(string zone, string date, int minutes)
    {
        var policy = Given.Silent with { ShiftLength = new Threshold(Warn: 0, Refuse: null) };

        var decision = BurnoutRules.Decide(policy, [], Given.Between($"{date} 00:00", $"{date} 04:00", zone));

        decision.Findings.Single().Actual.ShouldBe(minutes);
    }

    [Theory]
    [InlineData(NewYork, "2026-03-07 22:00", "2026-03-08 09:59", "2026-03-08 10:00")]
    [InlineData(NewYork, "2026-10-31 22:00", "2026-11-01 07:59", "2026-11-01 08:00")]
    [InlineData(London, "2026-03-28 22:00", "2026-03-29 09:59", "2026-03-29 10:00")]
    [InlineData(London, "2026-10-24 22:00", "2026-10-25 07:59", "2026-10-25 08:00")]
    [InlineData(LordHowe, "2026-04-04 22:00", "2026-04-05 08:29", "2026-04-05 08:30")]
    [InlineData(LordHowe, "2026-10-03 22:00", "2026-10-04 09:29", "2026-10-04 09:30")]
    public void Eleven_hours_of_rest_elapse(string zone, string end, string tooEarly, string eligible)
    {
        Duty[] taken = [Given.Between(end.Replace("22:00", "20:00", StringComparison.Ordinal), end, zone)];
        var policy = Given.Only(BurnoutRule.RestBetweenShifts);

        var decision = BurnoutRules.Decide(policy, taken, Given.Lasting(60, tooEarly, zone));

        decision.IsRefused.ShouldBeTrue();
        decision.EligibleAt.ShouldBe(Given.At(eligible, zone));
        BurnoutRules.Decide(policy, taken, Given.Lasting(60, eligible, zone)).IsRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(NewYork, "2026-03-08", 23)]
    [InlineData(NewYork, "2026-11-01", 25)]
    [InlineData(London, "2026-03-29", 23)]
    [InlineData(London, "2026-10-25", 25)]
    [InlineData(LordHowe, "2026-04-05", 24.5)]
    [InlineData(LordHowe, "2026-10-04", 23.5)]
    [InlineData(Santiago, "2026-04-04", 25)]
    [InlineData(Santiago, "2026-09-06", 23)]
    [InlineData(Nuuk, "2026-03-28", 23)]
    [InlineData(Nuuk, "2026-10-24", 25)]
    [InlineData("Asia/Kolkata", "2026-03-29", 24)]
    public void A_local_day_has_the_hours_that_the_zone_gives_it(string zone, string date, double hours)
    {
        Duty[] taken = [Given.Lasting(60, $"{date} 12:00", zone, intensity: 3)];

        var finding = BurnoutRules
            .Decide(Given.Only(BurnoutRule.DemandingPerDay), taken, Given.Lasting(60, $"{date} 16:00", zone, intensity: 3))
            .Findings.Single();

        (finding.WindowEnd!.Value - finding.WindowStart!.Value).ShouldBe(TimeSpan.FromHours(hours));
        finding.EligibleAt.ShouldBe(finding.WindowEnd);
    }

    [Theory]
    [InlineData(Santiago, "2026-09-05", "2026-09-06 04:00")]
    [InlineData(Nuuk, "2026-10-24", "2026-10-25 02:00")]
    public void A_shift_until_a_midnight_with_a_change_leaves_the_next_day_free(string zone, string date, string midnightUtc)
    {
        // Santiago leaves out midnight and the hour after it; Nuuk has the hour before it twice.
        var policy = Given.Silent with { ConsecutiveDays = new Threshold(Warn: 0, Refuse: null) };
        var midnight = Given.At(midnightUtc, "UTC");
        var start = Given.At($"{date} 20:00", zone);

        var finding = BurnoutRules.Decide(policy, [], new Duty(start, midnight, zone, 1)).Findings.Single();

        (finding.Actual, finding.WindowEnd).ShouldBe((1, midnight));
        BurnoutRules.Decide(policy, [], new Duty(start, midnight.AddMinutes(1), zone, 1)).Findings.Single().Actual.ShouldBe(2);
    }

    [Fact]
    public void Days_in_a_row_go_by_the_calendar_over_a_change()
    {
        // The last of the evenings is on a day of 23 h, and the shift after it at the first minute of the next one.
        var taken = Enumerable.Range(4, 5).Select(day => Given.Lasting(60, $"2026-03-{day:00} 22:30", NewYork)).ToArray();

        var finding = BurnoutRules
            .Decide(Given.Only(BurnoutRule.ConsecutiveDays), taken, Given.Lasting(30, "2026-03-09 00:00", NewYork))
            .Findings.Single();

        finding.Actual.ShouldBe(6);
        finding.WindowStart.ShouldBe(Given.At("2026-03-04 00:00", NewYork));
        finding.WindowEnd.ShouldBe(Given.At("2026-03-10 00:00", NewYork));
    }

    [Theory]
    [InlineData(NewYork, "2026-03-08")]
    [InlineData(NewYork, "2026-11-01")]
    [InlineData(London, "2026-03-29")]
    [InlineData(London, "2026-10-25")]
    [InlineData(LordHowe, "2026-04-05")]
    [InlineData(LordHowe, "2026-10-04")]
    public void A_night_ends_at_six_on_the_clock(string zone, string date)
    {
        var policy = Given.Silent with { ConsecutiveNights = new Threshold(Warn: 0, Refuse: 0) };

        BurnoutRules.Decide(policy, [], Given.Lasting(60, $"{date} 06:00", zone)).Findings.ShouldBeEmpty();
        var decision = BurnoutRules.Decide(policy, [], Given.Lasting(60, $"{date} 05:59", zone));
        decision.Findings.Single().Actual.ShouldBe(1);
        decision.EligibleAt.ShouldBe(Given.At($"{date} 06:00", zone));
    }

    [Fact]
    public void Hours_worked_through_a_change_elapse()
    {
        Duty[] taken = [Given.Between("2026-10-24 22:00", "2026-10-25 06:00", London)];
        var policy = Given.Silent with { Hours24h = new Threshold(Warn: 0, Refuse: null) };

        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-10-25 12:00", London)).Findings.Single().Actual.ShouldBe(10);
    }
}
