using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class WorkRulesTests
{
    [Theory]
    [InlineData(179, "Allow")]
    [InlineData(180, "Allow")]
    [InlineData(181, "Warn")]
    [InlineData(240, "Warn")]
    [InlineData(241, "Refuse")]
    public void A_shift_may_last_three_hours_and_must_not_last_over_four(int minutes, string outcome)
    {
        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.ShiftLength), [], Given.Lasting(minutes, "2026-05-04 18:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.Findings.Count > 0)
        {
            var finding = decision.Findings.ShouldHaveSingleItem();
            (finding.Rule, finding.Unit, finding.Actual).ShouldBe(("shift-length", "minutes", (decimal)minutes));
            finding.Limit.ShouldBe(decision.IsRefused ? 240 : 180);
            finding.EligibleAt.ShouldBeNull();
        }
    }

    [Fact]
    public void No_start_makes_a_shift_short_enough() =>
        BurnoutRules.Decide(BurnoutPolicy.Default, [], Given.Lasting(241, "2026-05-04 18:00")).EligibleAt.ShouldBeNull();

    [Theory]
    [InlineData(239, "Allow")]
    [InlineData(240, "Allow")]
    [InlineData(241, "Warn")]
    [InlineData(360, "Warn")]
    [InlineData(361, "Refuse")]
    public void Hours_in_24_hours_count_what_is_taken_before(int minutes, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 08:00", "2026-05-04 12:00")];

        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.Hours24h), taken, Given.Lasting(minutes, "2026-05-04 18:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData(360, "Warn")]
    [InlineData(361, "Refuse")]
    public void Hours_in_24_hours_count_what_is_taken_after(int minutes, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-05 08:00", "2026-05-05 12:00")];

        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.Hours24h), taken, Given.Lasting(minutes, "2026-05-04 18:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public void A_window_rolls_and_counts_duties_partly_inside_with_that_part()
    {
        Duty[] taken = [Given.Between("2026-05-04 08:00", "2026-05-04 12:00")];
        var policy = Given.Silent with { Hours24h = new Threshold(Warn: null, Refuse: 5) };

        var finding = BurnoutRules.Decide(policy, taken, Given.Between("2026-05-05 06:00", "2026-05-05 10:00")).Findings.Single();

        // 4 h of the first and 2 h of the second, or the other way round; never all eight.
        finding.Actual.ShouldBe(6);
        finding.WindowStart.ShouldBe(Given.At("2026-05-04 08:00"));
        finding.WindowEnd.ShouldBe(Given.At("2026-05-05 08:00"));
    }

    [Fact]
    public void The_finding_names_the_fullest_of_the_windows_that_hold_a_part_of_the_candidate()
    {
        Duty[] taken =
        [
            Given.Between("2026-05-03 22:00", "2026-05-04 00:00"),
            Given.Between("2026-05-05 20:00", "2026-05-05 23:00"),
        ];
        var policy = Given.Silent with { Hours24h = new Threshold(Warn: 2, Refuse: null) };

        var finding = BurnoutRules.Decide(policy, taken, Given.Between("2026-05-04 21:00", "2026-05-05 00:00")).Findings.Single();

        // Midnight of the 5th back to the 4th holds 3 h, 21:00 on for a day holds 3 + 1, from 23:00 on 1 + 3, from 22:00 back 1 + 2.
        finding.Actual.ShouldBe(4);
        finding.WindowStart.ShouldBe(Given.At("2026-05-04 21:00"));
    }

    [Theory]
    [InlineData(60, "Allow")]
    [InlineData(61, "Warn")]
    [InlineData(540, "Warn")]
    [InlineData(541, "Refuse")]
    public void Hours_in_seven_days(int minutes, string outcome)
    {
        Duty[] taken = [Given.Lasting(60, "2026-05-04 18:00"), Given.Lasting(120, "2026-05-11 13:00")];

        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.Hours7d), taken, Given.Lasting(minutes, "2026-05-08 08:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("2026-05-11 07:59", "Refuse")]
    [InlineData("2026-05-11 08:00", "Warn")]
    [InlineData("2026-05-11 15:59", "Warn")]
    [InlineData("2026-05-11 16:00", "Allow")]
    public void Seven_days_later_a_shift_leaves_the_window_bit_by_bit(string start, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 08:00", "2026-05-04 20:00")];

        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.Hours7d), taken, Given.Lasting(60, start));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            decision.EligibleAt.ShouldBe(Given.At("2026-05-11 08:00"));
        }
    }

    [Theory]
    [InlineData(60, "Allow")]
    [InlineData(61, "Warn")]
    public void Hours_in_a_year(int minutes, string outcome)
    {
        var first = Given.Lasting(120, "2026-01-05 18:00");
        // 399 times 2 h, 20 h apart and so within the year, and one more hour: 799.
        var taken = Enumerable.Range(0, 399)
            .Select(n => first.Moved(first.StartsAt.AddHours(20 * n)))
            .Append(Given.Lasting(60, "2026-12-30 18:00"))
            .ToArray();

        var decision = BurnoutRules.Decide(Given.Only(BurnoutRule.Hours365d), taken, Given.Lasting(minutes, "2026-12-31 18:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public void A_year_ago_no_longer_counts()
    {
        var policy = Given.Silent with { Hours365d = new Threshold(Warn: null, Refuse: 10) };
        Duty[] taken = [Given.Lasting(600, "2025-05-04 08:00")];

        var refused = BurnoutRules.Decide(policy, [.. taken, Given.Lasting(1, "2026-01-01 08:00")], Given.Lasting(60, "2026-05-04 08:00"));

        refused.IsRefused.ShouldBeTrue();
        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-04 18:00")).Outcome.ShouldBe(BurnoutOutcome.Allow);
        BurnoutRules.Decide(policy, taken, Given.Lasting(60, "2026-05-04 08:00")).Outcome.ShouldBe(BurnoutOutcome.Allow);
    }

    [Fact]
    public void A_breach_elsewhere_does_not_block_an_unrelated_shift()
    {
        Duty[] taken = [Given.Lasting(900, "2026-05-04 06:00"), Given.Lasting(300, "2026-05-05 00:00")];

        BurnoutRules.Decide(BurnoutPolicy.Default, taken, Given.Lasting(90, "2026-05-20 18:00")).Outcome.ShouldBe(BurnoutOutcome.Allow);
    }
}
