using System.Text.Json;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class DecisionTests
{
    [Fact]
    public void The_default_figures_are_those_of_the_documented_policy() =>
        Enum.GetValues<BurnoutRule>().Select(rule => (rule.Name(), BurnoutPolicy.Default.For(rule), rule.Unit(), rule.IsMinimum()))
        .ShouldBe(
        [
            ("shift-length", new Threshold(180, 240), "minutes", false),
            ("hours-24h", new Threshold(8, 10), "hours", false),
            ("hours-7d", new Threshold(4, 12), "hours", false),
            ("hours-365d", new Threshold(800, null), "hours", false),
            ("demanding-per-day", new Threshold(null, 1), "shifts", false),
            ("rest-between-shifts", new Threshold(24, 11), "hours", true),
            ("weekly-rest", new Threshold(null, 35), "hours", true),
            ("consecutive-days", new Threshold(3, 5), "days", false),
            ("consecutive-nights", new Threshold(1, 2), "nights", false),
            ("break", new Threshold(null, 6), "hours", false),
            ("time-off", new Threshold(120, null), "days", false),
            ("group-supervision", new Threshold(31, null), "days", false),
            ("debrief", new Threshold(0, 0), "sessions", false),
            ("facilitators-per-session", new Threshold(null, 2), "facilitators", true),
            ("self-cancel", new Threshold(48, 3), "hours", true),
        ]);

    [Fact]
    public void A_policy_survives_being_stored_as_json()
    {
        var policy = BurnoutPolicy.Default with
        {
            WeeklyRest = new Threshold(48, 36.5m),
            NightStart = new TimeOnly(22, 30),
            DemandingFrom = 2,
        };

        JsonSerializer.Deserialize<BurnoutPolicy>(JsonSerializer.Serialize(policy)).ShouldBe(policy);
    }

    [Fact]
    public void A_modest_shift_of_a_free_volunteer_is_allowed_as_it_is()
    {
        var candidate = Given.Lasting(90, "2026-05-04 18:00", intensity: 3);

        var decision = BurnoutRules.Decide(BurnoutPolicy.Default, [], candidate);

        decision.Findings.ShouldBeEmpty();
        decision.Outcome.ShouldBe(BurnoutOutcome.Allow);
        decision.EligibleAt.ShouldBe(candidate.StartsAt);
    }

    [Fact]
    public void A_warning_is_no_refusal_and_leaves_the_start_as_it_is()
    {
        var candidate = Given.Lasting(200, "2026-05-04 18:00");

        var decision = BurnoutRules.Decide(BurnoutPolicy.Default, [], candidate);

        decision.Outcome.ShouldBe(BurnoutOutcome.Warn);
        decision.IsRefused.ShouldBeFalse();
        decision.EligibleAt.ShouldBe(candidate.StartsAt);
        decision.Findings.Single().EligibleAt.ShouldBeNull();
    }

    [Fact]
    public void Each_broken_rule_is_named_once_in_order_and_all_of_them_agree_on_the_next_start()
    {
        // Five evenings of 2 h; the sixth, demanding as the fifth, and too soon after it.
        var taken = Enumerable.Range(4, 5)
            .Select(day => Given.Lasting(120, $"2026-05-{day:00} 18:00", intensity: day == 8 ? 3 : 1))
            .ToArray();

        var decision = BurnoutRules.Decide(BurnoutPolicy.Default, taken, Given.Lasting(150, "2026-05-08 23:00", intensity: 3));

        decision.Outcome.ShouldBe(BurnoutOutcome.Refuse);
        decision.Findings.Select(finding => (finding.Rule, finding.Severity, finding.EligibleAt)).ShouldBe(
        [
            ("hours-7d", Severity.Refuse, Given.At("2026-05-11 16:00")),
            ("demanding-per-day", Severity.Refuse, Given.At("2026-05-09 00:00")),
            ("rest-between-shifts", Severity.Refuse, Given.At("2026-05-09 07:00")),
            ("weekly-rest", Severity.Refuse, Given.At("2026-05-10 07:00")),
            ("consecutive-days", Severity.Refuse, Given.At("2026-05-10 00:00")),
        ]);
        decision.EligibleAt.ShouldBe(Given.At("2026-05-11 16:00"));
    }

    [Fact]
    public void The_next_start_suits_all_rules_though_each_alone_would_take_an_earlier_one()
    {
        // Rest would do from 07:00 on the 5th; by then the 24 hours are full until the day after.
        Duty[] taken = [Given.Between("2026-05-04 12:00", "2026-05-04 20:00"), Given.Between("2026-05-05 21:00", "2026-05-05 23:00")];
        var policy = Given.Silent with
        {
            RestBetweenShifts = new Threshold(null, 11),
            Hours24h = new Threshold(null, 8),
        };

        var decision = BurnoutRules.Decide(policy, taken, Given.Lasting(120, "2026-05-05 06:30"));

        decision.Findings.Single(finding => finding.Rule == "rest-between-shifts").EligibleAt.ShouldBe(Given.At("2026-05-05 07:00"));
        decision.EligibleAt.ShouldBe(Given.At("2026-05-06 10:00"));
    }

    [Fact]
    public void The_next_start_is_a_whole_minute()
    {
        var taken = Given.Between("2026-05-04 18:00", "2026-05-04 20:00");
        taken = taken with { EndsAt = taken.EndsAt.AddSeconds(20) };

        BurnoutRules.Decide(BurnoutPolicy.Default, [taken], Given.Lasting(30, "2026-05-04 22:00")).EligibleAt
            .ShouldBe(Given.At("2026-05-05 07:01"));
    }

    [Fact]
    public void A_no_show_without_minutes_weighs_nothing()
    {
        Duty[] taken = [Given.Lasting(0, "2026-05-04 17:00", intensity: 3)];

        BurnoutRules.Decide(BurnoutPolicy.Default, taken, Given.Lasting(90, "2026-05-04 18:00", intensity: 3)).Outcome
            .ShouldBe(BurnoutOutcome.Allow);
    }

    [Fact]
    public void A_candidate_without_length_is_a_bug() =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => BurnoutRules.Decide(BurnoutPolicy.Default, [], Given.Lasting(0, "2026-05-04 17:00")));

    [Theory]
    [InlineData("0001-01-02 00:00")]
    [InlineData("9999-12-30 00:00")]
    public void The_edges_of_the_calendar_do_no_harm(string start)
    {
        var candidate = Given.Lasting(90, start, "UTC", intensity: 3);

        BurnoutRules.Decide(BurnoutPolicy.Default, [candidate], candidate).IsRefused.ShouldBeTrue();
    }
}
