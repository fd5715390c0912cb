using System.Collections.Concurrent;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>Looks tenants up and remembers them for a few seconds. Unknown ones are not remembered, so that a new tenant is usable at once.</summary>
internal sealed class TenantStore(IDbContextFactory<TenancyDbContext> contexts, TimeProvider clock) : ITenantStore
{
    /// <summary>How long another node may go on serving a tenant that was just suspended.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> bySlug = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, Entry> byId = new();

    public async ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken)
    {
        if (bySlug.TryGetValue(identifier, out var known) && known.Until > clock.GetUtcNow())
        {
            return known.Tenant;
        }

        var slug = identifier.ToLowerInvariant();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Remember(await db.Tenants.LineageOf(t => t.Slug == slug, cancellationToken));
    }

    public async ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (byId.TryGetValue(id, out var known) && known.Until > clock.GetUtcNow())
        {
            return known.Tenant;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Remember(await db.Tenants.LineageOf(t => t.Id == id, cancellationToken));
    }

    public async Task<IReadOnlyList<TenantInfo>> GetAllActiveAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = (await db.Tenants.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(t => t.Id);
        return [.. tenants.Values.OrderBy(t => t.Id).Select(t => Lineage.Of(t, tenants).ToInfo()).Where(t => !t.IsSuspended)];
    }

    /// <summary>All of them: what one tenant inherits from another is in each of them.</summary>
    internal void Forget()
    {
        bySlug.Clear();
        byId.Clear();
    }

    private TenantInfo? Remember(Lineage? lineage)
    {
        if (lineage is null)
        {
            return null;
        }

        var entry = new Entry(lineage.ToInfo(), clock.GetUtcNow() + Remembered);
        bySlug[entry.Tenant.Identifier] = entry;
        byId[entry.Tenant.Id] = entry;
        return entry.Tenant;
    }

    private sealed record Entry(TenantInfo Tenant, DateTimeOffset Until);
}
