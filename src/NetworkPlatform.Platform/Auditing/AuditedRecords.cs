using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Names what a command changed: <c>SignUp 0190…, Commitment 0190…</c>, or <c>Session ×2520, Meeting ×315</c>.</summary>
internal static class AuditedRecords
{
    private const int MostListed = 10;

    internal static string Of(IEnumerable<EntityEntry> entries)
    {
        var changed = entries
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => (Kind: e.Metadata.ClrType.Name, Id: e.Entity is Entity entity ? entity.Id : (e.Entity as NetworkEntity)?.Id))
            .Where(r => r.Id is not null)
            .ToList();
        return changed.Count <= MostListed
            ? string.Join(", ", changed.Select(r => $"{r.Kind} {r.Id}"))
            : string.Join(", ", changed.CountBy(r => r.Kind).Select(k => $"{k.Key} ×{k.Value}"));
    }
}
