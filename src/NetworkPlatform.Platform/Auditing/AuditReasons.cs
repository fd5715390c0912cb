using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>What people wrote into the audit.</summary>
internal static class AuditReasons
{
    /// <summary>Deletes the reasons of entries by these people or about these records: free words may name them. The entries stay, with ids only.</summary>
    internal static async Task ForgetReasons(this ModuleDbContext db, HashSet<Guid> ids, CancellationToken cancellationToken)
    {
        var entries = await db.Set<AuditEntry>().Where(e => e.ReasonDigest != null).Select(e => new { e.Id, e.Actor, e.Records }).ToListAsync(cancellationToken);
        var about = entries.Where(e => e.Records.Split(' ', ',').Append(e.Actor).Any(word => Guid.TryParseExact(word, "D", out var id) && ids.Contains(id))).Select(e => e.Id).ToArray();
        await db.Set<AuditReason>().Where(r => about.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
