using FsCheck.Fluent;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class EligibleAtTests
{
    public static TheoryData<string> Rules => [.. BurnoutRules.OfPeople.Select(rule => rule.ToString())];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_names_the_first_start_that_it_allows(string rule)
    {
        var policies = Histories.Policies(Enum.Parse<BurnoutRule>(rule));
        Histories.Hold(Gen.OneOf(Histories.Of(policies, duties: 5, days: 6), Histories.Evenings(policies)), 60, ShouldBeTheFirst);
    }

    [Fact]
    public void A_decision_names_the_first_start_that_all_rules_allow() =>
        Histories.Hold(Histories.Of(Histories.Policies(), duties: 5, days: 6), 60, ShouldBeTheFirst);

    [Fact]
    public void Under_the_default_policy_too() =>
        Histories.Hold(Histories.Evenings(Gen.Constant(BurnoutPolicy.Default)), 60, ShouldBeTheFirst);

    [Fact]
    public void No_minute_before_it_is_allowed()
    {
        var policies = Histories.Policies([.. BurnoutRules.OfPeople.Where(rule => rule != BurnoutRule.Hours365d)]);
        var histories = Gen.OneOf(Histories.Of(policies, duties: 4, days: 3), Histories.Evenings(Gen.Constant(BurnoutPolicy.Default)));
        Histories.Hold(histories, 20, history =>
        {
            var policy = history.Policy.WithoutWarnings();
            var decision = BurnoutRules.Decide(policy, history.Taken, history.Candidate);
            var last = decision.EligibleAt ?? history.Candidate.StartsAt.AddDays(1);
            for (var start = history.Candidate.StartsAt; start < last; start = start.AddMinutes(1))
            {
                var moved = history.Candidate.Moved(start);
                (IsBusy(history, moved) || BurnoutRules.Decide(policy, history.Taken, moved).IsRefused).ShouldBeTrue();
            }
        });
    }

    [Fact]
    public void A_year_s_work_makes_room_a_year_later()
    {
        var policy = Given.Silent with { Hours365d = new Threshold(Warn: null, Refuse: 100) };
        var first = Given.Lasting(120, "2026-01-05 18:00");
        var taken = Enumerable.Range(0, 50).Select(n => first.Moved(first.StartsAt.AddDays(3 * n))).ToArray();

        var decision = BurnoutRules.Decide(policy, taken, Given.Lasting(120, "2026-07-01 18:00"));

        decision.EligibleAt.ShouldBe(first.StartsAt.AddDays(365));
    }

    [Fact]
    public void Only_a_day_of_25_hours_can_hold_a_duty_that_long()
    {
        var policy = Given.Silent with { ConsecutiveDays = new Threshold(Warn: null, Refuse: 1) };

        BurnoutRules.Decide(policy, [], Given.Lasting(25 * 60, "2026-11-02 10:00", "Europe/London")).EligibleAt
            .ShouldBe(Given.At("2027-10-31 00:00", "Europe/London"));
        BurnoutRules.Decide(policy, [], Given.Lasting((25 * 60) + 1, "2026-11-02 10:00", "Europe/London")).EligibleAt.ShouldBeNull();
    }

    [Fact]
    public void It_lies_within_no_other_duty_of_whatever_kind()
    {
        // Rest would do from 07:00 on; from 06:30 to 08:15 there is something that asks for no rest.
        var session = Given.Between("2026-05-04 18:00", "2026-05-04 20:00");
        var other = Given.Between("2026-05-05 06:30", "2026-05-05 08:15") with { Kind = DutyKind.Training };

        var decision = BurnoutRules.Decide(BurnoutPolicy.Default, [session, other], Given.Lasting(60, "2026-05-05 05:00"));

        decision.Findings.Single(finding => finding.Rule == "rest-between-shifts").EligibleAt.ShouldBe(Given.At("2026-05-05 07:00"));
        decision.EligibleAt.ShouldBe(Given.At("2026-05-05 08:15"));
    }

    [Fact]
    public void Where_nothing_is_refused_it_lies_after_what_is_under_way()
    {
        var training = Given.Between("2026-05-04 18:00", "2026-05-04 20:00") with { Kind = DutyKind.Training };

        var decision = BurnoutRules.Decide(BurnoutPolicy.Default, [training], Given.Lasting(90, "2026-05-04 19:00"));

        decision.IsRefused.ShouldBeFalse();
        decision.EligibleAt.ShouldBe(Given.At("2026-05-04 20:00"));
    }

    // Starts and limits lie on quarter hours, so that the answer can only change there or a minute beside.
    private static void ShouldBeTheFirst(History history)
    {
        var bruteForce = new BruteForce(history.Policy.WithoutWarnings());
        var decision = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate);

        foreach (var finding in decision.Findings)
        {
            (finding.EligibleAt is null || finding.EligibleAt <= decision.EligibleAt || decision.EligibleAt is null).ShouldBeTrue();
        }

        decision.IsRefused.ShouldBe(bruteForce.Refuses(history.Taken, history.Candidate));
        if (!decision.IsRefused && !IsBusy(history, history.Candidate))
        {
            decision.EligibleAt.ShouldBe(history.Candidate.StartsAt);
            return;
        }

        var last = decision.EligibleAt ?? history.Candidate.StartsAt.AddDays(40);
        for (var start = history.Candidate.StartsAt; start < last; start += Step(last - start))
        {
            IsStopped(bruteForce, start).ShouldBeTrue();
        }

        if (decision.EligibleAt is { } eligibleAt)
        {
            var fine = new BruteForce(history.Policy.WithoutWarnings()) { Step = 1 };
            IsStopped(fine, eligibleAt).ShouldBeFalse();
            IsStopped(fine, eligibleAt.AddMinutes(-1)).ShouldBeTrue();
        }

        bool IsStopped(BruteForce checker, DateTimeOffset start)
        {
            var moved = history.Candidate.Moved(start);
            return IsBusy(history, moved) || checker.Refuses(history.Taken, moved);
        }
    }

    private static bool IsBusy(History history, Duty candidate) => history.Taken.Any(duty => duty.EndsAt > duty.StartsAt && duty.Overlaps(candidate));

    // A sixtieth of the way that is left, so that the last fifteen hours are looked at by the quarter.
    private static TimeSpan Step(TimeSpan left) => TimeSpan.FromMinutes(Math.Max(15, (int)(left / 60).TotalMinutes / 15 * 15));
}
