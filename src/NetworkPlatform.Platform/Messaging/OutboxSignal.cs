namespace NetworkPlatform.Platform.Messaging;

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
