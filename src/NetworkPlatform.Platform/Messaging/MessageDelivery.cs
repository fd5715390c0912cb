using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Every event type and how many consumers in this process listen to it.</summary>
internal sealed class EventTypes(IReadOnlyCollection<ConsumerRegistration> consumers)
{
    private readonly Dictionary<string, (Type Type, int Consumers)> byName = consumers
        .GroupBy(c => c.EventType)
        .ToDictionary(g => g.Key.FullName!, g => (g.Key, g.Count()), StringComparer.Ordinal);

    /// <summary>With no consumers for an event that nobody here listens to.</summary>
    /// <exception cref="InvalidOperationException">This version does not know it: in a rolling deployment a newer one, which does, will carry it.</exception>
    internal (Type Type, int Consumers) Find(string name)
    {
        if (byName.TryGetValue(name, out var found))
        {
            return found;
        }

        var unheard = consumers.Select(c => c.EventType.Assembly).Distinct().Select(a => a.GetType(name)).FirstOrDefault(type => type is not null);
        return unheard is null ? throw new InvalidOperationException($"This version knows no event {name}.") : (unheard, 0);
    }
}

/// <summary>A consumer, the event that it hears, and the queue that it has to itself: one for all nodes, or each node its own while it runs.</summary>
internal sealed record ConsumerRegistration(Type ConsumerType, Type EventType, string Queue, bool OnEveryNode = false);

/// <summary>
/// Delivers one outbox row and returns once it is safe to forget it: with RabbitMQ when the broker has confirmed it, in memory when every
/// consumer has finished with it, since nothing else would remember it after a crash.
/// </summary>
internal sealed class MessageDelivery(IBus bus, EventTypes events, InMemoryReceipts receipts, TransportSettings transport)
{
    internal const string TenantHeader = "NetworkPlatform-Tenant";
    internal const string TraceHeader = "NetworkPlatform-TraceParent";
    internal const string AttemptsHeader = "NetworkPlatform-Attempts";

    private static readonly JsonSerializerOptions AllOfIt = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    internal async Task Deliver(OutboxMessage message, CancellationToken cancellationToken)
    {
        var target = events.Find(message.Type);
        if (transport.InMemory && target.Consumers == 0)
        {
            return;
        }

        // What this version does not know would be lost on the way; a newer one will carry it. Where none has by the last attempt, it is what a version before has told.
        var body = JsonSerializer.Deserialize(message.Body, target.Type, message.Attempts < OutboxCarrier.MaxAttempts ? AllOfIt : null)
            ?? throw new InvalidOperationException($"The body of message {message.Id} is empty.");
        var consumed = transport.InMemory ? receipts.Expect(message.Id, target.Consumers) : Task.CompletedTask;
        try
        {
            await bus.Publish(body, target.Type, Pipe.Execute<PublishContext>(context =>
            {
                context.MessageId = message.Id;
                context.Mandatory = target.Consumers > 0; // a failure, not a loss, where no queue would take it
                context.Headers.Set(TenantHeader, message.TenantId.ToString());
                context.Headers.Set(TraceHeader, message.TraceParent);
                context.Headers.Set(AttemptsHeader, message.Attempts);
            }), cancellationToken);
            await consumed.WaitAsync(cancellationToken);
        }
        finally
        {
            receipts.Forget(message.Id);
        }
    }
}

/// <summary>Watches the in-memory transport: which messages every one of their consumers has finished with.</summary>
internal sealed class InMemoryReceipts : IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, Receipt> open = new();

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Finish(context.MessageId, null);

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Finish(context.MessageId, exception);

    internal Task Expect(Guid messageId, int consumers)
    {
        var receipt = new Receipt(consumers);
        open[messageId] = receipt;
        return receipt.Completed;
    }

    internal void Forget(Guid messageId) => open.TryRemove(messageId, out _);

    private Task Finish(Guid? messageId, Exception? failure)
    {
        if (messageId is { } id && open.TryGetValue(id, out var receipt))
        {
            receipt.Finish(failure);
        }

        return Task.CompletedTask;
    }

    private sealed class Receipt(int consumers)
    {
        private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int remaining = consumers;
        private Exception? firstFailure;

        internal Task Completed => completion.Task;

        /// <summary>Completes once all have finished, so that a second delivery never runs beside the first.</summary>
        internal void Finish(Exception? failure)
        {
            if (failure is not null)
            {
                Interlocked.CompareExchange(ref firstFailure, failure, null);
            }

            if (Interlocked.Decrement(ref remaining) > 0)
            {
                return;
            }

            if (firstFailure is null)
            {
                completion.TrySetResult();
            }
            else
            {
                completion.TrySetException(firstFailure);
            }
        }
    }
}
