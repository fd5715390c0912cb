using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>What people wrote into the audit.</summary>
public static class AuditReasons
{
    /// <summary>Deletes the reasons of entries by or about these people: free words may name them. The entries stay, with ids only.</summary>
    public static async Task ForgetReasons(this ModuleDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids.Select(id => id.ToString()))
        {
            var about = db.Set<AuditEntry>().Where(e => e.ReasonDigest != null && (e.Actor == id || e.Records.Contains(id)));
            await db.Set<AuditReason>().Where(r => about.Any(e => e.Id == r.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
