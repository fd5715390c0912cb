using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Merging;

/// <summary>That two accounts are one person's, as an administrator believes, and as the owners of both addresses have to say.</summary>
[Shared("accounts are the network's; what each may do in a tenant is looked at there")]
[AboutPerson(nameof(KeptId), OwnEyesOnly = true)]
[AboutPerson(nameof(AbsorbedId), OwnEyesOnly = true)]
internal sealed class PersonMerge : NetworkEntity
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The account that stays.</summary>
    public required Guid KeptId { get; init; }

    /// <summary>The account that ends.</summary>
    public required Guid AbsorbedId { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? KeptAgreedAt { get; set; }

    public DateTimeOffset? AbsorbedAgreedAt { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    internal bool IsOpen(DateTimeOffset now) => DoneAt is null && now < AskedAt + Lifetime;

    internal bool IsAgreed => KeptAgreedAt is not null && AbsorbedAgreedAt is not null;
}

internal static class Merges
{
    internal static Task<PersonMerge?> LockMerge(this IdentityDbContext db, Guid mergeId, CancellationToken cancellationToken)
    {
        db.LockAhead("identity.person_merges", $"network_id = {db.NetworkId} AND id = {mergeId}");
        return db.Merges.SingleOrDefaultAsync(m => m.Id == mergeId, cancellationToken);
    }

    /// <summary>These and the accounts that were merged into any of them, one after another.</summary>
    internal static async Task<IReadOnlyList<Guid>> WithAbsorbed(this IdentityDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        List<Guid> all = [.. ids];
        int before;
        do
        {
            before = all.Count;
            all.AddRange(await db.Merges.Where(m => m.DoneAt != null && all.Contains(m.KeptId) && !all.Contains(m.AbsorbedId)).Select(m => m.AbsorbedId).Distinct().ToListAsync(cancellationToken));
        }
        while (all.Count > before);

        return all;
    }

    /// <summary>Whether both accounts are still somebody's: another merge may have ended one of them.</summary>
    internal static async Task<bool> IsOfTwo(this IdentityDbContext db, PersonMerge merge, CancellationToken cancellationToken) =>
        (await db.People.AsNoTracking().Where(p => p.Id == merge.KeptId || p.Id == merge.AbsorbedId).ToListAsync(cancellationToken)).Count(p => p.MaySignIn) == 2;

    /// <summary>Narrows the membership that is kept; false where nobody would administer the tenant then as long as before.</summary>
    internal static async Task<bool> TryNarrow(this IdentityDbContext db, Membership kept, Membership absorbed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (keptUntil, absorbedUntil) = (kept.AdministersUntil(now), absorbed.AdministersUntil(now));
        var before = keptUntil > absorbedUntil ? keptUntil : absorbedUntil;
        kept.NarrowTo(absorbed);
        return kept.AdministersUntil(now) >= before || await db.HasOtherAdministrator([kept.Id, absorbed.Id], before, now, cancellationToken);
    }
}

/// <summary>What the link in a merge's letter holds: whose mailbox it went to.</summary>
internal sealed record MergeToken(Guid MergeId, Guid PersonId)
{
    internal const string Purpose = "merge";
}

internal sealed record PersonNotFound(Guid Id) : NotFound($"There is no person {Id} in your network.");

internal sealed record NetworkPeopleNotYours() : Forbidden("The network's people are seen to in the umbrella at its top.");
