using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>
/// Writes who did or read what into the transaction of it, one entry a command, also where one transaction carries out many; and hands the entries over to be sealed once that has committed.
/// </summary>
internal sealed class AuditTrail(Caller caller, AuditQueue queue, TimeProvider clock)
{
    private readonly HashSet<object> recorded = new(ReferenceEqualityComparer.Instance);
    private readonly List<AuditEntry> added = [];

    /// <summary>Whether the current transaction's commands have been recorded one by one.</summary>
    internal bool HasEntries => added.Count > 0;

    /// <summary>Adds the entry of a command that has just been carried out, about what it changed.</summary>
    /// <returns>False where it changed nothing, or only what one before it in the transaction had changed.</returns>
    internal bool AddChange(ModuleDbContext db, object command)
    {
        var records = AuditedRecords.Of(db.ChangeTracker.Entries().Where(e => recorded.Add(e.Entity)));
        Add(db, command.GetType(), records, purpose: null, (command as IReasoned)?.Reason ?? caller.Reason);
        return records.Length > 0;
    }

    internal void AddRead(ModuleDbContext db, object query, object? answer, string purpose) =>
        Add(db, query.GetType(), AuditedRecords.Of(query, answer), purpose, caller.Reason);

    internal void Committed(TenantDatabase? database) => queue.Add(database, added);

    internal void Forget()
    {
        recorded.Clear();
        added.Clear();
    }

    private void Add(ModuleDbContext db, Type request, string records, string? purpose, string? because)
    {
        var reason = string.IsNullOrWhiteSpace(because) ? null : AuditReason.Of(because);
        var action = JsonNamingPolicy.KebabCaseLower.ConvertName((request.DeclaringType ?? request).Name);
        var entry = AuditEntry.Of(clock.GetUtcNow(), caller.Subject, action, records, purpose, reason, Activity.Current?.TraceId.ToString());
        db.Add(entry);
        recorded.Add(entry);
        added.Add(entry);
        if (reason is not null)
        {
            db.Add(reason);
            recorded.Add(reason);
        }
    }
}
