using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Writes who did or read what into the transaction of it, and hands the entry over to be sealed once that has committed.</summary>
internal sealed class AuditTrail(Caller caller, AuditQueue queue, TimeProvider clock)
{
    private AuditEntry? added;

    /// <summary>Adds the entry of a command that has just been carried out, about what it changed.</summary>
    internal void AddChange(ModuleDbContext db, object command) =>
        Add(db, command.GetType(), AuditedRecords.Of(db.ChangeTracker.Entries()), purpose: null, (command as IReasoned)?.Reason ?? caller.Reason);

    internal void AddRead(ModuleDbContext db, object query, object? answer, string purpose) =>
        Add(db, query.GetType(), AuditedRecords.Of(query, answer), purpose, caller.Reason);

    internal void Committed(TenantDatabase? database)
    {
        if (added is not null)
        {
            queue.Add(database, added);
        }
    }

    internal void Forget() => added = null;

    private void Add(ModuleDbContext db, Type request, string records, string? purpose, string? because)
    {
        var reason = string.IsNullOrWhiteSpace(because) ? null : AuditReason.Of(because);
        var action = JsonNamingPolicy.KebabCaseLower.ConvertName((request.DeclaringType ?? request).Name);
        added = AuditEntry.Of(clock.GetUtcNow(), caller.Subject, action, records, purpose, reason, Activity.Current?.TraceId.ToString());
        db.Add(added);
        if (reason is not null)
        {
            db.Add(reason);
        }
    }
}
