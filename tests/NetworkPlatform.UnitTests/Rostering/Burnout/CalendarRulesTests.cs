using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class CalendarRulesTests
{
    private static readonly BurnoutPolicy Demanding = Given.Only(BurnoutRule.DemandingPerDay);
    private static readonly BurnoutPolicy Days = Given.Only(BurnoutRule.ConsecutiveDays);
    private static readonly BurnoutPolicy Nights = Given.Only(BurnoutRule.ConsecutiveNights);

    [Theory]
    [InlineData(3, 3, "Refuse")]
    [InlineData(2, 3, "Allow")]
    [InlineData(3, 2, "Allow")]
    public void One_demanding_shift_a_day(int taken, int candidate, string outcome)
    {
        Duty[] duties = [Given.Lasting(90, "2026-05-04 08:00", intensity: taken)];

        var decision = BurnoutRules.Decide(Demanding, duties, Given.Lasting(90, "2026-05-04 22:00", intensity: candidate));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            var finding = decision.Findings.Single();
            (finding.Rule, finding.Limit, finding.Actual, finding.Unit).ShouldBe(("demanding-per-day", 1m, 2m, "shifts"));
            finding.WindowStart.ShouldBe(Given.At("2026-05-04 00:00"));
            finding.WindowEnd.ShouldBe(Given.At("2026-05-05 00:00"));
            finding.EligibleAt.ShouldBe(Given.At("2026-05-05 00:00"));
        }
    }

    [Theory]
    [InlineData("2026-05-04 23:59", "2026-05-05 01:00", "Refuse")]
    [InlineData("2026-05-05 00:00", "2026-05-05 01:00", "Allow")]
    [InlineData("2026-05-03 22:00", "2026-05-04 00:00", "Allow")]
    [InlineData("2026-05-03 22:00", "2026-05-04 00:01", "Refuse")]
    public void A_shift_over_midnight_belongs_to_both_days_and_one_until_midnight_to_the_first(string start, string end, string outcome)
    {
        Duty[] taken = [Given.Lasting(90, "2026-05-04 12:00", intensity: 3)];

        BurnoutRules.Decide(Demanding, taken, Given.Between(start, end, intensity: 3)).Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public void What_is_demanding_is_the_policy_s_word()
    {
        Duty[] taken = [Given.Lasting(90, "2026-05-04 08:00", intensity: 2)];

        BurnoutRules.Decide(Demanding with { DemandingFrom = 2 }, taken, Given.Lasting(90, "2026-05-04 22:00", intensity: 2))
            .IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void A_policy_without_any_demanding_shift_has_no_start_for_one() =>
        BurnoutRules.Decide(
            Demanding with { DemandingPerDay = new Threshold(null, 0) }, [], Given.Lasting(90, "2026-05-04 08:00", intensity: 3))
            .EligibleAt.ShouldBeNull();

    [Theory]
    [InlineData(2, "Allow")]
    [InlineData(3, "Warn")]
    [InlineData(4, "Warn")]
    [InlineData(5, "Refuse")]
    public void Days_in_a_row(int before, string outcome)
    {
        var taken = Enumerable.Range(0, before).Select(n => Given.Lasting(60, $"2026-05-{9 - n:00} 18:00")).ToArray();

        var decision = BurnoutRules.Decide(Days, taken, Given.Lasting(60, "2026-05-10 10:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            var finding = decision.Findings.Single();
            (finding.Rule, finding.Limit, finding.Actual, finding.Unit).ShouldBe(("consecutive-days", 5m, 6m, "days"));
            finding.WindowStart.ShouldBe(Given.At("2026-05-05 00:00"));
            finding.WindowEnd.ShouldBe(Given.At("2026-05-11 00:00"));
            finding.EligibleAt.ShouldBe(Given.At("2026-05-11 00:00"));
        }
    }

    [Fact]
    public void A_shift_that_joins_two_runs_makes_one()
    {
        int[] days = [4, 5, 6, 8, 9, 10];
        var taken = days.Select(day => Given.Lasting(60, $"2026-05-{day:00} 18:00")).ToArray();

        var finding = BurnoutRules.Decide(Days, taken, Given.Lasting(60, "2026-05-07 18:00")).Findings.Single();

        finding.Actual.ShouldBe(7);
        // From the 8th to the 10th a shift would be no new day.
        finding.EligibleAt.ShouldBe(Given.At("2026-05-08 00:00"));
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(61, 4)]
    public void Midnight_itself_is_not_the_next_day_s(int minutes, int days)
    {
        Duty[] taken = [Given.Lasting(60, "2026-05-03 10:00"), Given.Lasting(60, "2026-05-04 10:00")];
        var policy = Given.Silent with { ConsecutiveDays = new Threshold(Warn: 0, Refuse: null) };

        BurnoutRules.Decide(policy, taken, Given.Lasting(minutes, "2026-05-05 23:00")).Findings.Single().Actual.ShouldBe(days);
    }

    [Fact]
    public void A_date_is_the_one_in_the_duty_s_own_zone()
    {
        // 20:00 on the 4th in New York is 02:00 on the 5th in Berlin.
        Duty[] taken = [Given.Lasting(60, "2026-05-04 20:00", "America/New_York")];
        var policy = Given.Silent with { ConsecutiveDays = new Threshold(Warn: 0, Refuse: null) };

        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-06 10:00")).Findings.Single().Actual.ShouldBe(1);
        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-05 10:00")).Findings.Single().Actual.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, "Allow")]
    [InlineData(1, "Warn")]
    [InlineData(2, "Refuse")]
    public void Nights_in_a_row(int before, string outcome)
    {
        var taken = Enumerable.Range(0, before).Select(n => Given.Lasting(120, $"2026-05-{9 - n:00} 22:00")).ToArray();

        var decision = BurnoutRules.Decide(Nights, taken, Given.Lasting(120, "2026-05-11 01:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            var finding = decision.Findings.Single();
            (finding.Rule, finding.Limit, finding.Actual, finding.Unit).ShouldBe(("consecutive-nights", 2m, 3m, "nights"));
            finding.WindowStart.ShouldBe(Given.At("2026-05-08 23:00"));
            finding.WindowEnd.ShouldBe(Given.At("2026-05-11 06:00"));
            finding.EligibleAt.ShouldBe(Given.At("2026-05-11 06:00"));
        }
    }

    [Theory]
    [InlineData("2026-05-09 21:00", "2026-05-09 23:00", 0)]
    [InlineData("2026-05-09 21:00", "2026-05-09 23:01", 1)]
    [InlineData("2026-05-10 05:59", "2026-05-10 07:00", 1)]
    [InlineData("2026-05-10 06:00", "2026-05-10 07:00", 0)]
    [InlineData("2026-05-10 00:30", "2026-05-10 01:30", 1)]
    [InlineData("2026-05-09 22:00", "2026-05-11 02:00", 2)]
    public void A_night_lasts_from_23_to_6(string start, string end, int nights)
    {
        var policy = Given.Silent with { ConsecutiveNights = new Threshold(Warn: 0, Refuse: null) };

        var findings = BurnoutRules.Decide(policy, [], Given.Between(start, end)).Findings;

        findings.Sum(finding => finding.Actual).ShouldBe(nights);
    }

    [Fact]
    public void Late_evening_and_early_morning_of_one_night_are_one_night()
    {
        Duty[] taken = [Given.Lasting(60, "2026-05-09 22:30")];
        var policy = Given.Silent with { ConsecutiveNights = new Threshold(Warn: 0, Refuse: null) };

        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-10 05:30")).Findings.Single().Actual.ShouldBe(1);
        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-10 23:30")).Findings.Single().Actual.ShouldBe(2);
    }

    [Fact]
    public void A_night_may_begin_after_midnight()
    {
        var policy = Given.Silent with
        {
            ConsecutiveNights = new Threshold(Warn: 0, Refuse: null),
            NightStart = new TimeOnly(0, 30),
            NightEnd = new TimeOnly(5, 0),
        };

        BurnoutRules.Decide(policy, [], Given.Between("2026-05-09 22:00", "2026-05-10 00:30")).Findings.ShouldBeEmpty();
        BurnoutRules.Decide(policy, [], Given.Between("2026-05-09 22:00", "2026-05-10 00:31")).Findings.Single()
            .WindowStart.ShouldBe(Given.At("2026-05-10 00:30"));
    }

    [Fact]
    public void Where_nights_are_refused_the_morning_is_the_next_start()
    {
        var policy = Given.Silent with { ConsecutiveNights = new Threshold(Warn: null, Refuse: 0) };

        BurnoutRules.Decide(policy, [], Given.Lasting(90, "2026-05-09 22:00")).EligibleAt.ShouldBe(Given.At("2026-05-10 06:00"));
    }

    [Fact]
    public void A_shift_that_may_not_touch_two_days_starts_at_the_next_midnight()
    {
        var policy = Given.Silent with { ConsecutiveDays = new Threshold(Warn: null, Refuse: 1) };

        BurnoutRules.Decide(policy, [], Given.Lasting(180, "2026-05-09 22:00")).EligibleAt.ShouldBe(Given.At("2026-05-10 00:00"));
    }
}
