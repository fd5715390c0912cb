using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Names what a command changed: <c>SignUp 0190…, Commitment 0190…</c>, or <c>Session ×2520, Meeting ×315</c>; and what a query read.</summary>
internal static class AuditedRecords
{
    private const int MostListed = 10;

    internal static string Of(ModuleDbContext db)
    {
        var changed = db.AddedLast.Concat(db.CountedLast).Select(r => (Kind: r.GetType().Name, Id: IdOf(r)))
            .Concat(db.ChangeTracker.Entries()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .Select(e => (Kind: e.Metadata.ClrType.Name, Id: IdOf(e.Entity) ?? KeyOf(e))))
            .Where(r => r.Id is not null)
            .ToList();
        return changed.Count <= MostListed
            ? string.Join(", ", changed.Select(r => $"{r.Kind} {r.Id}"))
            : string.Join(", ", changed.CountBy(r => r.Kind).Select(k => $"{k.Key} ×{k.Value}"));
    }

    private static Guid? IdOf(object row) => (row as Entity)?.Id ?? (row as NetworkEntity)?.Id;

    /// <summary>Of what belongs to nobody, such as a tenant.</summary>
    private static Guid? KeyOf(EntityEntry entry) => entry.Metadata.FindPrimaryKey()?.Properties is [var key] ? entry.CurrentValues[key] as Guid? : null;

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
