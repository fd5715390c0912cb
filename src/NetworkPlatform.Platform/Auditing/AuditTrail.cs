using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Pipeline;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Adds the entry of a command or a read to its transaction, and hands it over to be sealed once that has committed.</summary>
internal sealed class AuditTrail(Caller caller, AuditQueue queue, TimeProvider clock)
{
    internal AuditEntry AddChange(ModuleDbContext db, object command) =>
        Add(db, command.GetType(), AuditedRecords.Of(db.ChangeTracker), purpose: null, (command as IReasoned)?.Reason ?? caller.Reason);

    internal AuditEntry AddRead(ModuleDbContext db, object query, object? answer, string purpose) =>
        Add(db, query.GetType(), AuditedRecords.Of(query, answer), purpose, caller.Reason);

    internal void Committed(AuditEntry entry) => queue.Add(entry);

    private AuditEntry Add(ModuleDbContext db, Type request, string records, string? purpose, string? because)
    {
        var reason = string.IsNullOrWhiteSpace(because) ? null : AuditReason.Of(because);
        var action = JsonNamingPolicy.KebabCaseLower.ConvertName((request.DeclaringType ?? request).Name);
        var entry = AuditEntry.Of(clock.GetUtcNow(), caller.Subject, action, records, purpose, reason, Activity.Current?.TraceId.ToString());
        db.Add(entry);
        if (reason is not null)
        {
            db.Add(reason);
        }

        return entry;
    }
}
