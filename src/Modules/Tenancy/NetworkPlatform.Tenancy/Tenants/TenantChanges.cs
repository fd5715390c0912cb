namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>One row that is different after any change of any tenant, so that a node learns from one look whether what it remembers still holds.</summary>
[Shared("tells only that some tenant has changed")]
internal sealed class TenantChanges
{
    internal const int Only = 1;

    public int Id { get; init; }

    public Guid Stamp { get; private init; }
}

internal static class TenantChangesQueries
{
    /// <summary>In the current transaction. Changes of tenants are thereby made one after the other.</summary>
    internal static Task NoteChange(this TenancyDbContext db, CancellationToken cancellationToken)
    {
        var stamp = Guid.CreateVersion7();
        return db.Changes.ExecuteUpdateAsync(set => set.SetProperty(c => c.Stamp, stamp), cancellationToken);
    }
}
