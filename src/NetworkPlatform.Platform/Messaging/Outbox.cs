using System.Diagnostics;
using System.Text.Json;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Publishes events with the transaction of the command that causes them: all or nothing. The only way to publish.</summary>
public sealed class Outbox(TenantContext tenant, TimeProvider clock)
{
    private readonly List<OutboxMessage> pending = [];

    /// <summary>Adds the event to the current command's transaction; it leaves once that has committed.</summary>
    public void Publish(object @event)
    {
        var now = clock.GetUtcNow();
        pending.Add(new OutboxMessage
        {
            TenantId = tenant.Tenant.Id,
            Type = @event.GetType().FullName!,
            Body = JsonSerializer.Serialize(@event, @event.GetType()),
            TraceParent = Activity.Current?.Id,
            At = now,
            DueAt = now,
        });
    }

    internal bool MoveTo(ModuleDbContext db)
    {
        var any = pending.Count > 0;
        db.AddRange(pending);
        pending.Clear();
        return any;
    }

    internal void Discard() => pending.Clear();
}

/// <summary>Wakes the relay when a transaction has left something in the outbox, so that it need not wait for its next look.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Dispose() => signal.Dispose();

    internal void Set()
    {
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another request woke it at the same moment.
            }
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);
}
