using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Which entries are asked for; what is null does not matter.</summary>
public sealed record AuditFilter
{
    /// <summary>A token's subject, or <c>platform</c>, or <c>withheld</c> where it is nobody else's business.</summary>
    public string? Actor { get; init; }

    /// <summary>A slice's name in kebab case.</summary>
    public string? Action { get; init; }

    /// <summary>A record's kind, id, or both, as entries name it.</summary>
    public string? Record { get; init; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>One entry as it is shown.</summary>
/// <param name="Records">Kinds and ids of the records touched; only counts where they are many.</param>
/// <param name="Purpose">What a read was for; null for a change.</param>
/// <param name="Sequence">Its place in the tenant's chain; null in the moment before it is sealed.</param>
/// <param name="Hash">The chain's up to here, in hex.</param>
public sealed record AuditItem(
    Guid Id, DateTimeOffset At, string Actor, string Action, string Records, string? Purpose, string? Reason, string? TraceId, long? Sequence, string? Hash);

/// <summary>Where a tenant's chain ends.</summary>
/// <param name="Sequence">How many entries are sealed.</param>
/// <param name="Hash">The last one's, in hex; zeros where nothing is sealed yet.</param>
/// <param name="OwnDatabase">Where the chain in the tenant's own database ends; null where it has none.</param>
public sealed record AuditEnd(long Sequence, string Hash, DateTimeOffset? SealedAt, AuditEnd? OwnDatabase = null);

/// <summary>The current tenant's audit: what modules of the main database did is told there, and the rest in the tenant's own database, where it has one.</summary>
public sealed class AuditReading(IServiceProvider services, TenantContext tenant)
{
    /// <summary>Newest first.</summary>
    /// <param name="main">Any module's context in the main database.</param>
    public async Task<Page<AuditItem>> Read(ModuleDbContext main, AuditFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        var items = await Items(main, filter, paging, cancellationToken);
        if (tenant.Tenant.Database is not null)
        {
            await using var own = Own();
            items = [.. items.Concat(await own.Read(() => Items(own, filter, paging, cancellationToken), cancellationToken))
                .DistinctBy(i => i.Id).OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(paging.Limit + 1)];
        }

        return paging.ToPage(items, i => new Position(i.At, i.Id));
    }

    /// <param name="main">Any module's context in the main database.</param>
    public async Task<AuditEnd> FindEnd(ModuleDbContext main, CancellationToken cancellationToken)
    {
        var end = await End(main, cancellationToken);
        if (tenant.Tenant.Database is null)
        {
            return end;
        }

        await using var own = Own();
        return end with { OwnDatabase = await own.Read(() => End(own, cancellationToken), cancellationToken) };
    }

    private static Task<List<AuditItem>> Items(ModuleDbContext db, AuditFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        var entries = db.Set<AuditEntry>().AsQueryable();
        entries = filter.Actor is { } actor ? entries.Where(e => e.Actor == actor) : entries;
        entries = filter.Action is { } action ? entries.Where(e => e.Action == action) : entries;
        entries = filter.Record is { } record ? entries.Where(e => e.Records.Contains(record)) : entries;
        entries = filter.From is { } from ? entries.Where(e => e.At >= from) : entries;
        entries = filter.To is { } to ? entries.Where(e => e.At < to) : entries;
        if (paging.After<Position>() is { } before)
        {
            entries = entries.Where(e => e.At < before.At || (e.At == before.At && e.Id < before.Id));
        }

        return (
            from entry in entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(paging.Limit + 1)
            join l in db.Set<AuditLink>() on entry.Id equals l.Id into links
            from link in links.DefaultIfEmpty()
            join r in db.Set<AuditReason>() on entry.Id equals r.Id into reasons
            from reason in reasons.DefaultIfEmpty()
            orderby entry.At descending, entry.Id descending
            select new AuditItem(
                entry.Id, entry.At, entry.Actor, entry.Action, entry.Records, entry.Purpose, reason.Text, entry.TraceId, (long?)link.Sequence,
                link.Hash == null ? null : Convert.ToHexStringLower(link.Hash)))
            .ToListAsync(cancellationToken);
    }

    private static async Task<AuditEnd> End(ModuleDbContext db, CancellationToken cancellationToken)
    {
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return head is null ? new AuditEnd(0, Convert.ToHexStringLower(AuditChain.Origin), null) : new AuditEnd(head.Sequence, Convert.ToHexStringLower(head.Hash), head.SealedAt);
    }

    private PlatformDbContext Own()
    {
        var own = services.GetRequiredService<ContextsElsewhere<PlatformDbContext>>().Create();
        own.Bind(tenant, followsTenant: true);
        return own;
    }

    /// <summary>The last row of a page.</summary>
    private sealed record Position(DateTimeOffset At, Guid Id);
}
