using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Platform.Auditing;

namespace NetworkPlatform.UnitTests.Auditing;

/// <summary>What an entry's hash depends on.</summary>
public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_two_entries_have_the_same_form() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (one, two) => FormsDiffer(one ?? "", two ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void The_hash_depends_on_the_entry_and_on_all_before_it()
    {
        var entry = AuditEntry.Of(Now, "a", "b", "c", null, null, null);

        AuditChain.Next(AuditChain.Origin, entry).ShouldBe(AuditChain.Next(AuditChain.Origin, entry));
        AuditChain.Next(AuditChain.Next(AuditChain.Origin, entry), entry).ShouldNotBe(AuditChain.Next(AuditChain.Origin, entry));
        AuditChain.Next(AuditChain.Origin, AuditEntry.Of(Now, "a", "b", "c", null, null, null)).ShouldNotBe(AuditChain.Next(AuditChain.Origin, entry), "ids differ");
    }

    [Fact]
    public void An_entry_is_as_old_as_every_database_can_keep_it()
    {
        var entry = AuditEntry.Of(Now.AddTicks(37), "a", "b", "c", null, null, null);

        entry.At.ShouldBe(Now.AddTicks(30));
    }

    [Fact]
    public void A_reason_is_known_again_by_its_digest_only_with_its_salt()
    {
        var (one, two) = (AuditReason.Of("the same words"), AuditReason.Of("the same words"));

        one.Digest().ShouldNotBe(two.Digest());
        AuditEntry.Of(Now, "a", "b", "c", null, one, null).ReasonDigest.ShouldBe(one.Digest());
        AuditEntry.Of(Now, "a", "b", "c", null, one, null).Id.ShouldBe(one.Id);
    }

    private static bool FormsDiffer(string first, string second)
    {
        var entry = AuditEntry.Of(Now, first, second, "", null, null, null);
        byte[][] others =
        [
            AuditChain.Canonical(Like(entry, first + second, "", "", null, null)),
            AuditChain.Canonical(Like(entry, "", first + second, "", null, null)),
            AuditChain.Canonical(Like(entry, first, "", second, null, null)),
            AuditChain.Canonical(Like(entry, first, second, "", "", null)),
            AuditChain.Canonical(Like(entry, first, second, "", null, "")),
        ];
        var form = AuditChain.Canonical(entry);
        return second.Length == 0 || first.Length == 0 || Array.TrueForAll(others, o => !o.AsSpan().SequenceEqual(form));
    }

    /// <summary>With the same id, so that only the fields differ.</summary>
    private static AuditEntry Like(AuditEntry entry, string actor, string action, string records, string? purpose, string? traceId)
    {
        var other = AuditEntry.Of(entry.At, actor, action, records, purpose, null, traceId);
        typeof(NetworkPlatform.Platform.Persistence.Entity).GetProperty(nameof(AuditEntry.Id))!.SetValue(other, entry.Id);
        return other;
    }
}
