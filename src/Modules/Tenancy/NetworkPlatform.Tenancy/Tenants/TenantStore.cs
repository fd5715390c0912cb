using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>
/// Looks tenants up and remembers them until one changes. Where the news of a change is lost, a look at <see cref="TenantChanges"/> every few seconds brings it, whatever the number of tenants.
/// Unknown ones are not remembered, so that a new tenant is usable at once.
/// </summary>
internal sealed class TenantStore(IDbContextFactory<TenancyDbContext> contexts, AtRestEncryption encryption, TimeProvider clock) : ITenantStore, IHearOnEveryNode<TenantChanged>
{
    private readonly ConcurrentDictionary<string, TenantInfo> bySlug = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, TenantInfo> byId = new();
    private readonly Lock changing = new();
    private IReadOnlyList<TenantDatabase>? databases;
    private int changes;
    private Guid? lastStamp;
    private DateTimeOffset trustedUntil;
    private Task? looking;

    public TimeSpan BelievedFor => TimeSpan.FromSeconds(5);

    public async ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken)
    {
        if (!ValidationRules.IsStorable(identifier))
        {
            return null;
        }

        await LookForChanges(cancellationToken);
        var slug = identifier.ToLowerInvariant();
        return bySlug.TryGetValue(identifier, out var known) ? known : await Look(t => t.Slug == slug, cancellationToken);
    }

    public async ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await LookForChanges(cancellationToken);
        return byId.TryGetValue(id, out var known) ? known : await Look(t => t.Id == id, cancellationToken);
    }

    public Task<IReadOnlyList<TenantInfo>> GetAllAsync(CancellationToken cancellationToken) => GetMany(_ => true, cancellationToken);

    public Task<IReadOnlyList<TenantInfo>> GetNetworkAsync(Guid networkId, CancellationToken cancellationToken) => GetMany(t => t.NetworkId == networkId, cancellationToken);

    public async ValueTask<IReadOnlyList<TenantDatabase>> GetDatabasesAsync(CancellationToken cancellationToken)
    {
        await LookForChanges(cancellationToken);
        if (databases is { } known)
        {
            return known;
        }

        var seen = Volatile.Read(ref changes);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Decrypt(await db.Tenants.AsNoTracking().Where(t => t.OwnDatabase != null).ToListAsync(cancellationToken));
        lock (changing)
        {
            databases = seen == changes ? found : null;
        }

        return found;
    }

    /// <summary>Of all tenants, since what one is passes on to those below it.</summary>
    public void Hear(TenantChanged @event) => ForgetAll();

    public void Doubt()
    {
        lock (changing)
        {
            (trustedUntil, looking) = (default, null);
            changes++;
        }
    }

    /// <summary>The current command changes the tenant. Once it has committed, and no sooner, this node forgets what was, and the others as soon as they hear of it.</summary>
    internal Task Changed(TenancyDbContext db, Tenant tenant, Outbox outbox, CancellationToken cancellationToken)
    {
        outbox.Publish(new TenantChanged(tenant.Id));
        outbox.AfterCommit(ForgetAll);
        return db.NoteChange(cancellationToken);
    }

    private void ForgetAll()
    {
        lock (changing)
        {
            changes++;
            bySlug.Clear();
            byId.Clear();
            databases = null;
        }
    }

    /// <summary>One look at a time: all who ask meanwhile wait for it, and none takes it away with them.</summary>
    private ValueTask LookForChanges(CancellationToken cancellationToken)
    {
        lock (changing)
        {
            var now = clock.GetUtcNow();
            if (now < trustedUntil)
            {
                return ValueTask.CompletedTask;
            }

            looking = looking is { IsCompleted: false } ? looking : LookNow(now, changes);
            return new ValueTask(looking.WaitAsync(cancellationToken));
        }
    }

    private async Task LookNow(DateTimeOffset now, int seen)
    {
        await Task.Yield(); // whoever asks holds the lock
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var stamp = await db.Changes.Select(c => c.Stamp).SingleAsync(CancellationToken.None);
        lock (changing)
        {
            trustedUntil = seen == changes ? now + BelievedFor : trustedUntil;
            if (stamp != lastStamp)
            {
                ForgetAll();
            }

            lastStamp = stamp;
        }
    }

    private async ValueTask<TenantInfo?> Look(Expression<Func<Tenant, bool>> tenant, CancellationToken cancellationToken)
    {
        var seen = Volatile.Read(ref changes);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Tenants.LineageOf(tenant, cancellationToken) is not { } lineage)
        {
            return null;
        }

        var network = lineage.Own.NetworkId;
        var elsewhere = await db.Tenants.AsNoTracking()
            .Where(t => t.NetworkId == network && t.OwnDatabase != null && !db.Tenants.Any(above => above.SuspendedAt != null && t.Path.StartsWith(above.Path)))
            .ToListAsync(cancellationToken);
        var info = Describe(lineage, Decrypt(elsewhere));
        lock (changing)
        {
            // What was read before a change must not be remembered after it.
            if (seen == changes)
            {
                bySlug[info.Identifier] = info;
                byId[info.Id] = info;
            }
        }

        return info;
    }

    private async Task<IReadOnlyList<TenantInfo>> GetMany(Expression<Func<Tenant, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = (await db.Tenants.AsNoTracking().Where(which).ToListAsync(cancellationToken)).ToDictionary(t => t.Id);
        var elsewhere = tenants.Values.Where(t => t.OwnDatabase is not null && !Lineage.Of(t, tenants).IsSuspended).ToLookup(t => t.NetworkId);
        return [.. tenants.Values.OrderBy(t => t.Id).Select(t => Describe(Lineage.Of(t, tenants), Decrypt(elsewhere[t.NetworkId])))];
    }

    private TenantInfo Describe(Lineage lineage, IReadOnlyList<TenantDatabase> elsewhere) => lineage.ToInfo() with
    {
        Database = lineage.Own.OwnDatabase is { } own ? TenantDatabase.Decrypt(own, encryption, lineage.Own.Id) : null,
        NetworkDatabases = elsewhere,
    };

    private IReadOnlyList<TenantDatabase> Decrypt(IEnumerable<Tenant> tenants) => [.. tenants.Select(t => TenantDatabase.Decrypt(t.OwnDatabase!, encryption, t.Id)).Distinct()];
}
