using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.UnitTests.Identity;

public sealed class MembershipTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Chapters = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly Arbitrary<(Membership Kept, Membership Absorbed)> Pairs = Arb.From(
        from kept in OneMembership()
        from absorbed in OneMembership()
        select (kept, absorbed));

    [Fact]
    public void A_merge_never_widens_a_membership() => Prop.ForAll(Pairs, pair =>
    {
        var before = Rights(pair.Kept);
        pair.Kept.NarrowTo(pair.Absorbed);
        return Rights(pair.Kept).IsSubsetOf(before);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_both_have_chapters_and_times_in_common_only_those_remain() => Prop.ForAll(Pairs, pair =>
    {
        var (before, other) = (Rights(pair.Kept), Rights(pair.Absorbed));
        var common = before.Select(r => (r.Chapter, r.Day)).Intersect(other.Select(r => (r.Chapter, r.Day))).ToHashSet();
        pair.Kept.NarrowTo(pair.Absorbed);
        return common.Count == 0 || !pair.Kept.Roles.All(r => r is Roles.Coordinator or Roles.Viewer) || Rights(pair.Kept).Select(r => (r.Chapter, r.Day)).ToHashSet().SetEquals(common);
    }).QuickCheckThrowOnFailure();

    /// <summary>What the membership allows: each role, in each chapter, on each day.</summary>
    private static HashSet<(string Role, Guid Chapter, int Day, bool Below)> Rights(Membership m) =>
    [
        .. from role in m.Roles
           from chapter in m.Chapters.Length == 0 ? Chapters : m.Chapters
           from day in Enumerable.Range(0, 12)
           where m.HoldsAt(Start.AddDays(day))
           from below in m.Below ? new[] { false, true } : [false]
           select (role, chapter, day, below),
    ];

    private static Gen<Membership> OneMembership() =>
        from role in Gen.Elements(Roles.Coordinator, Roles.Viewer, Roles.TenantAdmin)
        from isLimited in Gen.Elements(true, false)
        from chapters in Gen.SubListOf(Chapters)
        from below in Gen.Elements(true, false)
        from day in Gen.Choose(0, 11)
        from length in Gen.Choose(1, 11)
        from isDated in Gen.Elements(true, false)
        select new Membership
        {
            PersonId = Guid.NewGuid(),
            Roles = [role],
            Chapters = isLimited && role != Roles.TenantAdmin ? [.. chapters] : [],
            Below = below,
            JoinedAt = Start,
            ValidFrom = isDated ? Start.AddDays(day) : null,
            ValidUntil = isDated ? Start.AddDays(day + length) : null,
        };
}
