using System.Collections.Concurrent;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Wakes a database's carrier when a transaction has left something in its outbox, so that it need not wait for its next look.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly ConcurrentDictionary<ValueTuple<TenantDatabase?>, SemaphoreSlim> signals = new();

    public void Dispose()
    {
        foreach (var signal in signals.Values)
        {
            signal.Dispose();
        }
    }

    internal void Set(TenantDatabase? database)
    {
        var signal = Of(database);
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

    internal Task Wait(TenantDatabase? database, TimeSpan atMost, CancellationToken cancellationToken) => Of(database).WaitAsync(atMost, cancellationToken);

    private SemaphoreSlim Of(TenantDatabase? database) => signals.GetOrAdd(ValueTuple.Create(database), _ => new SemaphoreSlim(0, 1));
}
