using System.Linq.Expressions;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>A tenant with all above it, from the top of its network down: what its settings and its suspension follow from.</summary>
internal sealed class Lineage(IEnumerable<Tenant> tenants)
{
    private readonly Tenant[] fromTop = [.. tenants.OrderBy(t => t.Path.Length)];

    internal IReadOnlyList<Tenant> All => fromTop;

    internal Tenant Own => fromTop[^1];

    /// <summary>By the tenants that were read already.</summary>
    internal static Lineage Of(Tenant tenant, IReadOnlyDictionary<Guid, Tenant> read)
    {
        List<Tenant> line = [tenant];
        while (line[^1].ParentId is { } parent)
        {
            line.Add(read[parent]);
        }

        return new Lineage(line);
    }

    internal bool IsSuspended => Array.Exists(fromTop, t => t.SuspendedAt is not null);

    /// <summary>The tenant's own value of the setting, or else the nearest one above.</summary>
    internal T? Nearest<T>(Func<Tenant, T?> setting) => Array.FindLast(fromTop, t => setting(t) is not null) is { } holder ? setting(holder) : default;

    internal TenantInfo ToInfo() => new(
        Own.Id, Own.Slug, Own.Name, Own.NetworkId, IsSuspended, Nearest(t => t.Culture)!, Nearest(t => t.TimeZone)!, Nearest(t => t.Currency)!)
    {
        IsUmbrella = Own.IsUmbrella,
        Plan = Own.Plan,
        BrandName = Nearest(t => t.BrandName),
        BrandColor = Nearest(t => t.BrandColor),
        WeekStart = Nearest(t => t.WeekStart) ?? DayOfWeek.Monday,
        Ancestors = [.. fromTop.SkipLast(1).Select(t => t.Slug)],
    };
}

internal static class LineageQueries
{
    /// <summary>The tenant and all above it; null where there is none such.</summary>
    internal static async Task<Lineage?> LineageOf(this DbSet<Tenant> tenants, Expression<Func<Tenant, bool>> tenant, CancellationToken cancellationToken)
    {
        var own = await tenants.AsNoTracking().SingleOrDefaultAsync(tenant, cancellationToken);
        if (own is null)
        {
            return null;
        }

        var above = own.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).Where(id => id != own.Id).ToList();
        return new Lineage([own, .. await tenants.AsNoTracking().Where(t => above.Contains(t.Id)).ToListAsync(cancellationToken)]);
    }

    /// <summary>All tenants at any depth below the umbrella.</summary>
    internal static IQueryable<Tenant> Below(this DbSet<Tenant> tenants, TenantInfo umbrella) => tenants
        .Where(t => t.Id != umbrella.Id && tenants.Any(u => u.Id == umbrella.Id && t.Path.StartsWith(u.Path)));

    /// <summary>The member at any depth below this umbrella; null for any other tenant, so that nobody learns of it.</summary>
    internal static Task<Tenant?> MemberOf(this DbSet<Tenant> tenants, TenantInfo umbrella, Guid memberId, CancellationToken cancellationToken) =>
        tenants.Below(umbrella).SingleOrDefaultAsync(t => t.Id == memberId, cancellationToken);
}
