using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class PropertyTests
{
    private static readonly Gen<History> Any = Gen.OneOf(
        Histories.Of(Histories.Policies(), duties: 8, days: 16),
        Histories.Evenings(Histories.Policies()),
        Histories.Evenings(Gen.Constant(BurnoutPolicy.Default)));

    public static TheoryData<string> Rules => [.. BurnoutRules.OfPeople.Select(rule => rule.ToString())];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_says_what_brute_force_says(string rule)
    {
        var policies = Histories.Policies(Enum.Parse<BurnoutRule>(rule));
        Histories.Hold(Gen.OneOf(Histories.Of(policies, duties: 8, days: 16), Histories.Evenings(policies)), 150, history =>
        {
            var expected = new BruteForce(history.Policy).Judge(history.Taken, history.Candidate);

            var findings = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate).Findings;

            findings.Select(finding => (finding.Rule, finding.Severity)).ShouldBe(expected.Select(pair => (pair.Key, pair.Value.Severity)));
            findings.ShouldAllBe(finding => Math.Abs(finding.Actual - expected[finding.Rule].Actual) <= 0.00005m);
        });
    }

    [Fact]
    public void The_window_of_a_finding_holds_the_hours_that_it_names() => Histories.Hold(Any, 300, history =>
    {
        var findings = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate).Findings;

        foreach (var finding in findings.Where(finding => finding.Rule.StartsWith("hours-", StringComparison.Ordinal)))
        {
            var worked = history.Taken.Append(history.Candidate).Sum(duty => history.Policy.Weights.Of(duty.Kind, duty.Intensity) / 100m * Hours(
                Earlier(duty.EndsAt, finding.WindowEnd!.Value) - Later(duty.StartsAt, finding.WindowStart!.Value)));
            worked.ShouldBe(finding.Actual, 0.001m);
            finding.WindowStart!.Value.ShouldBeLessThanOrEqualTo(history.Candidate.EndsAt);
            finding.WindowEnd!.Value.ShouldBeGreaterThanOrEqualTo(history.Candidate.StartsAt);
        }
    });

    [Fact]
    public void The_window_of_a_weekly_finding_holds_no_longer_rest_than_it_names() => Histories.Hold(Any, 300, history =>
    {
        var findings = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate).Findings;

        foreach (var finding in findings.Where(finding => finding.Rule == "weekly-rest"))
        {
            var (freeSince, longest) = (finding.WindowStart!.Value, TimeSpan.Zero);
            foreach (var duty in history.Taken.Append(history.Candidate).Where(duty => duty.Kind == DutyKind.Session).OrderBy(duty => duty.StartsAt))
            {
                var freeUntil = Earlier(duty.StartsAt, finding.WindowEnd!.Value);
                longest = freeUntil - freeSince > longest ? freeUntil - freeSince : longest;
                freeSince = Later(freeSince, duty.EndsAt);
            }

            longest = finding.WindowEnd!.Value - freeSince > longest ? finding.WindowEnd!.Value - freeSince : longest;
            Hours(longest).ShouldBe(finding.Actual, 0.001m);
            (finding.WindowStart < history.Candidate.EndsAt && finding.WindowEnd > history.Candidate.StartsAt).ShouldBeTrue();
        }
    });

    [Fact]
    public void A_tightened_policy_never_allows_more() => Histories.Hold(Any, 200, history =>
    {
        var before = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate);

        foreach (var tightened in Histories.Tightened(history.Policy).Sample(2))
        {
            var after = BurnoutRules.Decide(tightened, history.Taken, history.Candidate);

            ShouldBeNoWorse(before, after);
        }
    });

    [Fact]
    public void A_longer_night_never_allows_more() => Histories.Hold(Any, 200, history =>
    {
        var policy = history.Policy with { NightStart = new TimeOnly(22, 0), NightEnd = new TimeOnly(5, 0) };
        var longer = policy with { NightStart = new TimeOnly(21, 30), NightEnd = new TimeOnly(7, 0) };

        ShouldBeNoWorse(
            BurnoutRules.Decide(policy, history.Taken, history.Candidate),
            BurnoutRules.Decide(longer, history.Taken, history.Candidate));
    });

    [Fact]
    public void The_order_of_the_duties_taken_does_not_matter() => Histories.Hold(Any, 300, history =>
    {
        var one = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate);
        var other = BurnoutRules.Decide(history.Policy, new Queue<Duty>(Gen.Shuffle(history.Taken).Sample(1).Single()), history.Candidate);

        other.Findings.ShouldBe(one.Findings);
        other.EligibleAt.ShouldBe(one.EligibleAt);
    });

    [Fact]
    public void Giving_up_a_duty_never_makes_another_one_worse() => Histories.Hold(Any, 200, history =>
    {
        var before = BurnoutRules.Decide(history.Policy, history.Taken, history.Candidate);

        for (var given = 0; given < history.Taken.Length; given++)
        {
            if (history.Taken[given].Kind == DutyKind.Supervision)
            {
                continue; // It is there to help.
            }

            var after = BurnoutRules.Decide(history.Policy, [.. history.Taken.Where((_, i) => i != given)], history.Candidate);

            ShouldBeNoWorse(after, before);
        }
    });

    [Fact]
    public void No_history_of_sign_ups_breaks_a_rule_in_whatever_order_they_came()
    {
        var policies = Gen.OneOf(Histories.Policies(), Gen.Constant(BurnoutPolicy.Default));
        Histories.Hold(Histories.Of(policies, duties: 25, days: 24), 60, history =>
        {
            // These two look back only: what was taken before a debrief fell due, or long before a supervision, stays.
            var policy = history.Policy.With(BurnoutRule.Debrief, default).With(BurnoutRule.GroupSupervision, default);
            var bruteForce = new BruteForce(policy);
            foreach (var order in Gen.Shuffle(history.Taken).Sample(2))
            {
                List<Duty> accepted = [];
                foreach (var duty in order)
                {
                    if (!BurnoutRules.Decide(policy, accepted, duty).IsRefused)
                    {
                        accepted.Add(duty);
                    }
                }

                for (var i = 0; i < accepted.Count; i++)
                {
                    bruteForce.Refuses([.. accepted.Where((_, other) => other != i)], accepted[i]).ShouldBeFalse();
                }
            }
        });
    }

    [Fact]
    public void A_duty_far_from_all_others_meets_only_its_own_limits() => Histories.Hold(Any, 200, history =>
    {
        var far = history.Candidate.Moved(history.Candidate.StartsAt.AddDays(500));

        BurnoutRules.Decide(history.Policy, history.Taken, far).Findings
            .ShouldBe(BurnoutRules.Decide(history.Policy, [], far).Findings);
    });

    private static void ShouldBeNoWorse(BurnoutDecision better, BurnoutDecision worse)
    {
        ((int)worse.Outcome).ShouldBeGreaterThanOrEqualTo((int)better.Outcome);
        foreach (var finding in better.Findings)
        {
            worse.Findings.ShouldContain(other => other.Rule == finding.Rule && other.Severity >= finding.Severity);
        }

        (worse.EligibleAt ?? DateTimeOffset.MaxValue).ShouldBeGreaterThanOrEqualTo(better.EligibleAt ?? DateTimeOffset.MaxValue);
    }

    private static decimal Hours(TimeSpan time) => Math.Max(0, (decimal)time.Ticks / TimeSpan.TicksPerHour);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
