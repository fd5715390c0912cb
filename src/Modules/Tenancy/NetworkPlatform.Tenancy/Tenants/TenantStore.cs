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
        return Remember(await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, cancellationToken));
    }

    public async ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (byId.TryGetValue(id, out var known) && known.Until > clock.GetUtcNow())
        {
            return known.Tenant;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Remember(await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken));
    }

    public async Task<IReadOnlyList<TenantInfo>> GetAllActiveAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = await db.Tenants.AsNoTracking().Where(t => t.SuspendedAt == null).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        return [.. tenants.Select(t => t.ToInfo())];
    }

    internal void Forget(Tenant tenant)
    {
        bySlug.TryRemove(tenant.Slug, out _);
        byId.TryRemove(tenant.Id, out _);
    }

    private TenantInfo? Remember(Tenant? tenant)
    {
        if (tenant is null)
        {
            return null;
        }

        var entry = new Entry(tenant.ToInfo(), clock.GetUtcNow() + Remembered);
        bySlug[tenant.Slug] = entry;
        byId[tenant.Id] = entry;
        return entry.Tenant;
    }

    private sealed record Entry(TenantInfo Tenant, DateTimeOffset Until);
}
