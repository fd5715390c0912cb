using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Publishes events with the transaction of the command that causes them: all or nothing. The only way to publish.</summary>
public sealed class Outbox(TenantContext tenant, TimeProvider clock)
{
    private readonly List<OutboxMessage> pending = [];
    private readonly List<Action> afterCommit = [];

    /// <summary>Adds the event to the current command's transaction; it leaves once that has committed.</summary>
    public void Publish(object @event) => Add(@event, clock.GetUtcNow());

    /// <summary>The same, to leave at an instant and not before, for what must happen then whatever becomes of this process.</summary>
    public void PublishAt(DateTimeOffset due, object @event) => Add(@event, due);

    /// <summary>Runs in this process, before the answer, once the current command has committed; never if it does not.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    private void Add(object @event, DateTimeOffset due) => pending.Add(new OutboxMessage
    {
        TenantId = tenant.Tenant.Id,
        Type = @event.GetType().FullName!,
        Body = JsonSerializer.Serialize(@event, @event.GetType()),
        TraceParent = Activity.Current?.Id,
        At = clock.GetUtcNow(),
        DueAt = due,
    });

    internal bool MoveTo(ModuleDbContext db)
    {
        var any = pending.Count > 0;
        pending.ForEach(db.AddLast);
        pending.Clear();
        return any;
    }

    internal void Committed() => afterCommit.ForEach(action => action());

    internal void Discard()
    {
        pending.Clear();
        afterCommit.Clear();
    }
}
