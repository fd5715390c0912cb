using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class CareRulesTests
{
    [Fact]
    public void More_than_six_hours_need_a_break_of_twenty_minutes()
    {
        var policy = Given.Only(BurnoutRule.Break);
        var morning = Given.Lasting(200, "2026-05-04 08:00");

        var refused = BurnoutRules.Decide(policy, [morning], Given.Lasting(180, "2026-05-04 11:39"));

        refused.Findings.Single().ShouldBe(new RuleFinding(
            "break", Severity.Refuse, 6, 6.65m, "hours", morning.StartsAt, Given.At("2026-05-04 14:39"), Given.At("2026-05-04 11:40")));
        BurnoutRules.Decide(policy, [morning], Given.Lasting(180, "2026-05-04 11:40")).IsRefused.ShouldBeFalse();
        BurnoutRules.Decide(policy, [], Given.Lasting(360, "2026-05-04 08:00")).IsRefused.ShouldBeFalse();
        BurnoutRules.Decide(policy, [], Given.Lasting(361, "2026-05-04 08:00")).EligibleAt.ShouldBeNull();
    }

    [Fact]
    public void Four_months_of_weekly_shifts_without_a_month_off_are_warned_of()
    {
        var policy = Given.Only(BurnoutRule.TimeOff);
        var first = Given.Lasting(90, "2026-01-05 18:00");
        Duty[] Weeks(int count) => [.. Enumerable.Range(0, count).Select(week => first.Moved(first.StartsAt.AddDays(7 * week)))];

        BurnoutRules.Decide(policy, Weeks(17), first.Moved(first.StartsAt.AddDays(7 * 17))).Outcome.ShouldBe(BurnoutOutcome.Allow);
        BurnoutRules.Decide(policy, Weeks(18), first.Moved(first.StartsAt.AddDays(7 * 18))).Findings.Single().Rule.ShouldBe("time-off");
        BurnoutRules.Decide(policy, Weeks(18), first.Moved(first.StartsAt.AddDays(7 * 17 + 31))).Outcome.ShouldBe(BurnoutOutcome.Allow);
    }

    [Fact]
    public void A_month_since_the_last_supervision_is_warned_of()
    {
        var policy = Given.Only(BurnoutRule.GroupSupervision);
        var first = Given.Lasting(90, "2026-03-02 18:00");
        var supervision = Given.Lasting(60, "2026-04-01 18:00") with { Kind = DutyKind.Supervision };
        var candidate = Given.Lasting(90, "2026-04-20 18:00");

        BurnoutRules.Decide(policy, [], candidate).Outcome.ShouldBe(BurnoutOutcome.Allow);
        BurnoutRules.Decide(policy, [first], candidate).Findings.Single().Rule.ShouldBe("group-supervision");
        BurnoutRules.Decide(policy, [first, supervision], candidate).Outcome.ShouldBe(BurnoutOutcome.Allow);
    }

    [Fact]
    public void A_critical_session_blocks_until_its_debrief_and_another_only_warns_once_its_day_has_passed()
    {
        var policy = Given.Only(BurnoutRule.Debrief);
        var held = Given.Lasting(90, "2026-05-04 18:00");
        var sameDay = Given.Lasting(60, "2026-05-04 21:00");
        var later = Given.Lasting(60, "2026-05-12 18:00");

        var refused = BurnoutRules.Decide(policy, [held with { Debrief = DebriefDue.Critical }], later);
        refused.Findings.Single().Severity.ShouldBe(Severity.Refuse);
        refused.EligibleAt.ShouldBeNull();
        BurnoutRules.Decide(policy, [held with { Debrief = DebriefDue.Critical }], later with { Kind = DutyKind.Debrief }).Outcome.ShouldBe(BurnoutOutcome.Allow);
        BurnoutRules.Decide(policy, [held with { Kind = DutyKind.Outreach, Debrief = DebriefDue.Critical }], later).IsRefused.ShouldBeTrue();
        BurnoutRules.Decide(policy, [held with { Debrief = DebriefDue.Usual }], sameDay).Outcome.ShouldBe(BurnoutOutcome.Allow);
        BurnoutRules.Decide(policy, [held with { Debrief = DebriefDue.Usual }], later).Outcome.ShouldBe(BurnoutOutcome.Warn);
        BurnoutRules.Decide(policy, [held], later).Outcome.ShouldBe(BurnoutOutcome.Allow);
    }

    [Fact]
    public void Training_takes_half_its_time_from_the_week_and_shortens_no_rest()
    {
        var training = Given.Lasting(480, "2026-05-04 09:00") with { Kind = DutyKind.Training };
        var evening = Given.Lasting(120, "2026-05-04 18:00");

        BurnoutRules.Decide(BurnoutPolicy.Default, [], training).IsRefused.ShouldBeFalse();
        var decision = BurnoutRules.Decide(BurnoutPolicy.Default with { GroupSupervision = default }, [training], evening);

        decision.Findings.Select(f => (f.Rule, f.Actual)).ShouldBe([("hours-7d", 6m)]);
    }

    [Fact]
    public void Demanding_hours_may_weigh_more()
    {
        var policy = Given.Only(BurnoutRule.Hours7d) with { Weights = new DutyWeights(Demanding: 150) };

        BurnoutRules.Decide(policy, [], Given.Lasting(180, "2026-05-04 18:00", intensity: 3)).Findings.Single().Actual.ShouldBe(4.5m);
        BurnoutRules.Decide(policy, [], Given.Lasting(180, "2026-05-04 18:00", intensity: 2)).Findings.ShouldBeEmpty();
    }
}
