using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>
/// Looks tenants up and remembers them until they change, or for a few seconds where the news of a change is lost. Unknown ones are not remembered, so that a
/// new tenant is usable at once.
/// </summary>
internal sealed class TenantStore(IDbContextFactory<TenancyDbContext> contexts, TimeProvider clock) : ITenantStore, IHearOnEveryNode<TenantChanged>
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> bySlug = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, Entry> byId = new();
    private readonly Lock changing = new();
    private int changes;

    public ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken)
    {
        if (bySlug.TryGetValue(identifier, out var known) && known.Until > clock.GetUtcNow())
        {
            return ValueTask.FromResult<TenantInfo?>(known.Tenant);
        }

        var slug = identifier.ToLowerInvariant();
        return Look(t => t.Slug == slug, cancellationToken);
    }

    public ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken) => byId.TryGetValue(id, out var known) && known.Until > clock.GetUtcNow()
        ? ValueTask.FromResult<TenantInfo?>(known.Tenant)
        : Look(t => t.Id == id, cancellationToken);

    public async Task<IReadOnlyList<TenantInfo>> GetAllActiveAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = (await db.Tenants.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(t => t.Id);
        return [.. tenants.Values.OrderBy(t => t.Id).Select(t => Lineage.Of(t, tenants).ToInfo()).Where(t => !t.IsSuspended)];
    }

    /// <summary>Of all tenants, since what one is passes on to those below it.</summary>
    public void Hear(TenantChanged @event) => ForgetAll();

    /// <summary>The current command changes the tenant. Once it has committed, and no sooner, this node forgets what was, and the others as soon as they hear of it.</summary>
    internal void Changed(Tenant tenant, Outbox outbox)
    {
        outbox.Publish(new TenantChanged(tenant.Id));
        outbox.AfterCommit(ForgetAll);
    }

    private void ForgetAll()
    {
        lock (changing)
        {
            changes++;
            bySlug.Clear();
            byId.Clear();
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

        var entry = new Entry(lineage.ToInfo(), clock.GetUtcNow() + Remembered);
        lock (changing)
        {
            // What was read before a change must not be remembered after it.
            if (seen == changes)
            {
                bySlug[entry.Tenant.Identifier] = entry;
                byId[entry.Tenant.Id] = entry;
            }
        }

        return entry.Tenant;
    }

    private sealed record Entry(TenantInfo Tenant, DateTimeOffset Until);
}
