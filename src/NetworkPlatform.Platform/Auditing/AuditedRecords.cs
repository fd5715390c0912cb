using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Names what a command changed: <c>SignUp 0190…, Commitment 0190…</c>, or <c>Session ×2520, Meeting ×315</c>; and what a query read.</summary>
internal static class AuditedRecords
{
    private const int MostListed = 10;

    internal static string Of(IEnumerable<EntityEntry> entries)
    {
        var changed = entries
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => (Kind: e.Metadata.ClrType.Name, Id: IdOf(e)))
            .Where(r => r.Id is not null)
            .ToList();
        return changed.Count <= MostListed
            ? string.Join(", ", changed.Select(r => $"{r.Kind} {r.Id}"))
            : string.Join(", ", changed.CountBy(r => r.Kind).Select(k => $"{k.Key} ×{k.Value}"));
    }

    /// <summary>Of what belongs to nobody, such as a tenant, its key.</summary>
    private static Guid? IdOf(EntityEntry entry) => entry.Entity switch
    {
        Entity entity => entity.Id,
        NetworkEntity shared => shared.Id,
        _ => entry.Metadata.FindPrimaryKey()?.Properties is [var key] ? entry.CurrentValues[key] as Guid? : null,
    };

    /// <summary>The records that the query names (<c>VolunteerId</c> is <c>Volunteer 0190…</c>), and how many it was shown.</summary>
    internal static string Of(object query, object? answer)
    {
        const string Id = "Id";
        var named = query.GetType().GetProperties()
            .Where(p => p.Name.EndsWith(Id, StringComparison.Ordinal) && p.GetValue(query) is Guid)
            .Select(p => $"{p.Name[..^Id.Length]} {p.GetValue(query)}");
        return string.Join(", ", answer is IPage page ? named.Append($"×{page.Count}") : named);
    }
}
