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
}

/// <summary>What the link in a merge's letter holds: whose mailbox it went to.</summary>
internal sealed record MergeToken(Guid MergeId, Guid PersonId)
{
    internal const string Purpose = "merge";
}

internal sealed record PersonNotFound(Guid Id) : NotFound($"There is no person {Id} in your network.");

internal sealed record NetworkPeopleNotYours() : Forbidden("The network's people are seen to in the umbrella at its top.");
