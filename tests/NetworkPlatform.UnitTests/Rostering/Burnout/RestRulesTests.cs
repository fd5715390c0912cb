using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class RestRulesTests
{
    private static readonly BurnoutPolicy Between = Given.Only(BurnoutRule.RestBetweenShifts);
    private static readonly BurnoutPolicy Weekly = Given.Only(BurnoutRule.WeeklyRest);

    [Theory]
    [InlineData("2026-05-05 06:59", "Refuse")]
    [InlineData("2026-05-05 07:00", "Allow")]
    [InlineData("2026-05-05 07:01", "Allow")]
    public void Eleven_hours_lie_between_a_shift_and_the_one_before(string start, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 18:00", "2026-05-04 20:00")];

        var decision = BurnoutRules.Decide(Between, taken, Given.Lasting(90, start));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            var finding = decision.Findings.Single();
            (finding.Rule, finding.Limit, finding.Unit).ShouldBe(("rest-between-shifts", 11m, "hours"));
            finding.Actual.ShouldBe(10.9833m);
            finding.WindowStart.ShouldBe(Given.At("2026-05-04 20:00"));
            finding.WindowEnd.ShouldBe(Given.At(start));
            finding.EligibleAt.ShouldBe(Given.At("2026-05-05 07:00"));
        }
    }

    [Theory]
    [InlineData("2026-05-03 21:01", "Refuse")]
    [InlineData("2026-05-03 21:00", "Allow")]
    [InlineData("2026-05-03 20:59", "Allow")]
    public void Eleven_hours_lie_between_a_shift_and_the_one_after(string end, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 08:00", "2026-05-04 10:00")];

        BurnoutRules.Decide(Between, taken, Given.Between("2026-05-03 19:30", end)).Outcome.ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("2026-05-04 20:00")]
    [InlineData("2026-05-04 19:00")]
    [InlineData("2026-05-04 17:00")]
    public void Back_to_back_or_overlapping_is_no_rest(string start)
    {
        Duty[] taken = [Given.Between("2026-05-04 18:00", "2026-05-04 20:00")];

        var finding = BurnoutRules.Decide(Between, taken, Given.Lasting(90, start)).Findings.Single();

        finding.Severity.ShouldBe(Severity.Refuse);
        finding.Actual.ShouldBe(0);
        finding.EligibleAt.ShouldBe(Given.At("2026-05-05 07:00"));
    }

    [Theory]
    [InlineData(3, 1, "2026-05-05 19:59", "Warn")]
    [InlineData(3, 1, "2026-05-05 20:00", "Allow")]
    [InlineData(3, 1, "2026-05-05 20:01", "Allow")]
    [InlineData(2, 3, "2026-05-05 19:59", "Allow")]
    [InlineData(3, 3, "2026-05-05 06:59", "Refuse")]
    public void A_day_follows_a_demanding_shift(int before, int candidate, string start, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 18:00", "2026-05-04 20:00", intensity: before)];

        BurnoutRules.Decide(Between, taken, Given.Lasting(90, start, intensity: candidate)).Outcome.ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData(3, 1, "2026-05-03 18:01", "Warn")]
    [InlineData(3, 1, "2026-05-03 18:00", "Allow")]
    [InlineData(2, 3, "2026-05-03 18:01", "Allow")]
    public void A_demanding_shift_wants_a_day_before_the_next(int candidate, int after, string end, string outcome)
    {
        Duty[] taken = [Given.Between("2026-05-04 18:00", "2026-05-04 20:00", intensity: after)];

        BurnoutRules.Decide(Between, taken, Given.Between("2026-05-03 16:00", end, intensity: candidate)).Outcome.ToString()
            .ShouldBe(outcome);
    }

    [Fact]
    public void A_light_shift_in_between_is_no_rest_from_a_demanding_one()
    {
        Duty[] taken =
        [
            Given.Between("2026-05-04 06:00", "2026-05-04 08:00", intensity: 3),
            Given.Between("2026-05-04 19:00", "2026-05-04 20:00"),
        ];

        var finding = BurnoutRules.Decide(Between, taken, Given.Lasting(30, "2026-05-05 07:00")).Findings.Single();

        (finding.Severity, finding.Actual, finding.Limit).ShouldBe((Severity.Warn, 23m, 24m));
    }

    [Fact]
    public void The_next_start_is_one_with_rest_on_both_sides()
    {
        Duty[] taken =
        [
            Given.Between("2026-05-04 18:00", "2026-05-04 20:00"),
            Given.Between("2026-05-05 18:00", "2026-05-05 20:00"),
            Given.Between("2026-05-07 18:00", "2026-05-07 20:00"),
        ];

        BurnoutRules.Decide(Between, taken, Given.Lasting(60, "2026-05-04 21:00")).EligibleAt.ShouldBe(Given.At("2026-05-06 07:00"));
    }

    [Theory]
    [InlineData(-1, "Allow")]
    [InlineData(0, "Allow")]
    [InlineData(1, "Refuse")]
    public void Work_without_35_hours_of_rest_may_span_98_hours(int minutes, string outcome)
    {
        // From 18:00 on the 4th, 98 h end at 20:00 on the 8th: then the seven days around it have 35 h at both ends.
        var taken = Enumerable.Range(0, 4).Select(n => Given.Lasting(60, $"2026-05-{4 + n:00} 18:00")).ToArray();

        var decision = BurnoutRules.Decide(Weekly, taken, Given.Lasting(60 + minutes, "2026-05-08 19:00"));

        decision.Outcome.ToString().ShouldBe(outcome);
        if (decision.IsRefused)
        {
            var finding = decision.Findings.Single();
            (finding.Rule, finding.Limit, finding.Unit, finding.Actual).ShouldBe(("weekly-rest", 35m, "hours", 34.9917m));
            finding.WindowStart.ShouldBe(Given.At("2026-05-03 07:00").AddSeconds(30));
            finding.WindowEnd.ShouldBe(Given.At("2026-05-10 07:00").AddSeconds(30));
        }
    }

    [Theory]
    [InlineData(34 * 60, "Refuse")]
    [InlineData((35 * 60) - 1, "Refuse")]
    [InlineData(35 * 60, "Allow")]
    public void A_gap_of_35_hours_is_the_weekly_rest(int gap, string outcome)
    {
        var first = Given.Lasting(60, "2026-05-04 18:00");
        var taken = Enumerable.Range(0, 4).Select(n => first.Moved(first.StartsAt.AddHours(24 * n))).ToArray();
        var later = taken[^1].EndsAt.AddMinutes(gap);
        var candidate = first.Moved(later);

        BurnoutRules.Decide(Weekly, [.. taken, first.Moved(later.AddHours(25))], candidate).Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public void A_long_series_of_near_gaps_reports_the_longest_sure_rest()
    {
        var first = Given.Lasting(60, "2026-05-04 18:00");
        var taken = Enumerable.Range(0, 20).Where(n => n != 10).Select(n => first.Moved(first.StartsAt.AddHours(24 * n))).ToArray();

        var finding = BurnoutRules.Decide(Weekly, taken, first.Moved(first.StartsAt.AddHours(240))).Findings.Single();

        finding.Actual.ShouldBe(23);
        finding.WindowStart!.Value.ShouldBeLessThan(first.StartsAt.AddHours(241));
        finding.WindowEnd!.Value.ShouldBeGreaterThan(first.StartsAt.AddHours(240));
        finding.EligibleAt.ShouldBe(first.StartsAt.AddHours(24 * 19).AddHours(1 + 35));
    }

    [Theory]
    [InlineData("2026-05-05 14:00", 1)]
    [InlineData("2026-05-05 16:00", 27)]
    public void Weekly_rest_may_be_had_by_coming_nearer_to_what_follows(string start, int hours)
    {
        // What follows ends at 19:00 on the 9th; the candidate, be it long enough to overlap it, may start 98 h before that.
        var taken = Enumerable.Range(0, 4).Select(n => Given.Lasting(60, $"2026-05-{6 + n:00} 18:00")).ToArray();

        var decision = BurnoutRules.Decide(Weekly, taken, Given.Lasting(60 * hours, start));

        decision.IsRefused.ShouldBeTrue();
        decision.Findings.Single().EligibleAt.ShouldBe(Given.At("2026-05-05 17:00"));
    }
}
