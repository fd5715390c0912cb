using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Insights.Sessions;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class SessionFactTests
{
    private static readonly Guid Session = Guid.CreateVersion7();
    private static readonly Guid Group = Guid.CreateVersion7();
    private static readonly Guid[] Others = [Guid.CreateVersion7(), Guid.CreateVersion7()];
    private static readonly SessionChange.Scheduled Scheduled = new(Group, On(1));
    private static readonly SessionChange.Moved First = new(On(11), Revision: 1);
    private static readonly SessionChange.Moved Second = new(On(12), Revision: 2);
    private static readonly SessionChange.Cancelled Cancelled = new();
    private static readonly SessionChange.Held Held = new(Group, On(20), Participants: 7);

    /// <summary>Any part of a session's events: some may not have arrived yet.</summary>
    private static readonly Gen<SessionChange[]> SomeChanges =
        from revisions in Gen.SubListOf(0, 1, 2, 3)
        from others in Gen.SubListOf<SessionChange>(Scheduled, Cancelled, Held)
        from days in Gen.ArrayOf(Gen.Choose(1, 28), 4)
        from regrouped in Gen.SubListOf(0, 1)
        select (SessionChange[])[
            .. others, .. revisions.Select(revision => new SessionChange.Moved(On(days[revision]), revision)), .. regrouped.Select(revision => new SessionChange.Regrouped(Others[revision], revision))];

    [Fact]
    public void A_session_s_events_end_in_the_same_fact_in_every_order() =>
        Prop.ForAll(Arb.From(SomeChanges), changes =>
        {
            var expected = Seen(After(changes));
            foreach (var order in Permutations(changes))
            {
                Seen(After(order)).ShouldBe(expected, string.Join(", ", order.AsEnumerable()));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Hearing_an_event_again_changes_nothing() =>
        Prop.ForAll(Arb.From(from changes in SomeChanges from again in Gen.Choose(0, 6) select (changes, again)), test =>
        {
            var fact = After(test.changes);
            var before = Seen(fact);
            foreach (var change in test.changes.Skip(test.again))
            {
                fact.Apply(change);
            }

            Seen(fact).ShouldBe(before);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_known_of_a_session_before_its_first_event() => Seen(After()).ShouldBe(default);

    [Fact]
    public void A_schedule_tells_all_but_the_outcome() => Seen(After(Scheduled)).ShouldBe((Group, On(1), null, false, null));

    [Fact]
    public void Of_its_moves_the_one_of_the_highest_revision_counts() =>
        Seen(After(Second, Scheduled, First)).ShouldBe((Group, On(12), 2, false, null));

    [Fact]
    public void Of_its_groups_the_one_of_the_highest_revision_counts() =>
        Seen(After(new SessionChange.Regrouped(Others[1], 2), Scheduled, new SessionChange.Regrouped(Others[0], 1))).ShouldBe((Others[1], On(1), null, false, null));

    [Fact]
    public void A_session_that_was_held_began_when_it_was_held() =>
        Seen(After(Held, Second, Scheduled)).ShouldBe((Group, On(20), 2, false, 7));

    [Fact]
    public void A_session_without_participants_was_held_all_the_same() =>
        Seen(After(Held with { Participants = 0 }, Scheduled)).ShouldBe((Group, On(20), null, false, 0));

    [Fact]
    public void A_session_is_its_group_s_also_while_only_its_end_was_heard_of() => Seen(After(Held)).ShouldBe((Group, On(20), null, false, 7));

    [Fact]
    public void A_cancellation_that_comes_first_is_not_forgotten() =>
        Seen(After(Cancelled, Scheduled, First)).ShouldBe((Group, On(11), 1, true, null));

    [Fact]
    public void Is_kept_under_the_session_s_id() => SessionFact.About(Session).Id.ShouldBe(Session);

    private static SessionFact After(params SessionChange[] changes)
    {
        var fact = SessionFact.About(Session);
        foreach (var change in changes)
        {
            fact.Apply(change);
        }

        return fact;
    }

    private static (Guid? Group, DateTimeOffset? StartsAt, int? Revision, bool IsCancelled, int? Participants) Seen(SessionFact fact) =>
        (fact.GroupId, fact.StartsAt, fact.MovedRevision, fact.IsCancelled, fact.Participants);

    private static IEnumerable<SessionChange[]> Permutations(SessionChange[] changes) => changes.Length <= 1
        ? [changes]
        : changes.SelectMany((first, index) => Permutations([.. changes[..index], .. changes[(index + 1)..]]).Select(rest => (SessionChange[])[first, .. rest]));

    private static DateTimeOffset On(int day) => new(2026, 5, day, 18, 0, 0, TimeSpan.Zero);
}
