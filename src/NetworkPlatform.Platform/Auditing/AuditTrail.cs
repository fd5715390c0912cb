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
    /// <summary>The actor of what is <see cref="IConfidential"/>.</summary>
    private const string Withheld = "withheld";

    private AuditEntry? added;

    /// <summary>Adds the entry of a command that has just been carried out, about what it changed.</summary>
    internal void AddChange(ModuleDbContext db, object command)
    {
        if (command is IConfidential)
        {
            // Nor a trace, which may be shared with what else the caller does.
            Add(db, command.GetType(), records: "", purpose: null, because: null, Withheld, trace: null);
            return;
        }

        Add(db, command.GetType(), AuditedRecords.Of(db), purpose: null, (command as IReasoned)?.Reason ?? caller.Reason, caller.Subject, Activity.Current?.TraceId);
    }

    internal void AddRead(ModuleDbContext db, object query, object? answer, string purpose) =>
        Add(db, query.GetType(), AuditedRecords.Of(query, answer), purpose, caller.Reason, caller.Subject, Activity.Current?.TraceId);

    internal void Committed(TenantDatabase? database)
    {
        if (added is not null)
        {
            queue.Add(database, added);
        }
    }

    internal void Forget() => added = null;

    private void Add(ModuleDbContext db, Type request, string records, string? purpose, string? because, string actor, ActivityTraceId? trace)
    {
        var reason = string.IsNullOrWhiteSpace(because) ? null : AuditReason.Of(because);
        var action = JsonNamingPolicy.KebabCaseLower.ConvertName((request.DeclaringType ?? request).Name);
        added = AuditEntry.Of(clock.GetUtcNow(), actor, action, records, purpose, reason, trace?.ToString());
        db.AddLast(added);
        if (reason is not null)
        {
            db.AddLast(reason);
        }
    }
}
