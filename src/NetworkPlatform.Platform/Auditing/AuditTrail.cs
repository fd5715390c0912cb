using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Writes who did what into the transaction of what was done: one entry a command, also where one transaction carries out many.</summary>
internal sealed class AuditTrail(Caller caller, TimeProvider clock)
{
    private readonly HashSet<object> recorded = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the current transaction's commands have been recorded one by one.</summary>
    internal bool HasEntries { get; private set; }

    /// <summary>Adds the entry of a command that has just been carried out, about what it changed.</summary>
    /// <returns>False where it changed nothing, or only what one before it in the transaction had changed.</returns>
    internal bool Add(ModuleDbContext db, Type command)
    {
        var entry = new AuditEntry
        {
            At = clock.GetUtcNow(),
            Actor = caller.Subject,
            Action = ActionOf(command),
            Records = AuditedRecords.Of(db.ChangeTracker.Entries().Where(e => recorded.Add(e.Entity))),
            TraceId = Activity.Current?.TraceId.ToString(),
        };
        db.Add(entry);
        recorded.Add(entry);
        HasEntries = true;
        return entry.Records.Length > 0;
    }

    internal void Forget()
    {
        recorded.Clear();
        HasEntries = false;
    }

    private static string ActionOf(Type command) => JsonNamingPolicy.KebabCaseLower.ConvertName((command.DeclaringType ?? command).Name);
}
