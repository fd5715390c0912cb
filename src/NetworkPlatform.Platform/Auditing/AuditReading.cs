using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Which entries are asked for; what is null does not matter.</summary>
/// <param name="Actor">A token's subject, or <c>platform</c>.</param>
/// <param name="Action">A slice's name in kebab case.</param>
/// <param name="Record">A record's kind, id, or both, as entries name it.</param>
/// <param name="From">Not before this.</param>
/// <param name="To">Before this.</param>
public sealed record AuditFilter(string? Actor, string? Action, string? Record, DateTimeOffset? From, DateTimeOffset? To);

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
public sealed record AuditEnd(long Sequence, string Hash, DateTimeOffset? SealedAt);

/// <summary>The current tenant's audit, through any module's context.</summary>
public static class AuditReading
{
    /// <summary>Newest first.</summary>
    public static async Task<Page<AuditItem>> ReadAudit(this ModuleDbContext db, AuditFilter filter, Paging paging, CancellationToken cancellationToken)
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

        var items = await (
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
        return paging.ToPage(items, i => new Position(i.At, i.Id));
    }

    public static async Task<AuditEnd> FindAuditEnd(this ModuleDbContext db, CancellationToken cancellationToken)
    {
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return head is null ? new AuditEnd(0, Convert.ToHexStringLower(AuditChain.Origin), null) : new AuditEnd(head.Sequence, Convert.ToHexStringLower(head.Hash), head.SealedAt);
    }

    /// <summary>The last row of a page.</summary>
    private sealed record Position(DateTimeOffset At, Guid Id);
}
