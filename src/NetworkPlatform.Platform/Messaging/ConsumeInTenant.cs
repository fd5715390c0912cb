using System.Diagnostics;
using MassTransit;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>The message that the current scope consumes; none in a request. The commit behaviour writes its receipt.</summary>
public sealed class MessageOrigin
{
    /// <summary>The same each time that the message is delivered.</summary>
    public Guid? MessageId { get; private set; }

    internal string Consumer { get; private set; } = "";

    internal void Set(Guid messageId, string consumer)
    {
        MessageId = messageId;
        Consumer = consumer;
    }
}

/// <summary>A message came without the headers that the outbox gives it, or for a tenant that no longer is.</summary>
public sealed class MessageWithoutTenantException(string reason) : InvalidOperationException(reason);

/// <summary>Before any consumer: resolves the message's tenant again, in the consumer's own scope, and notes the message for its receipt.</summary>
internal sealed class ConsumeInTenant<T>(TenantContext tenant, MessageOrigin origin, ITenantStore store, PutBack putBack) : IFilter<ConsumeContext<T>>
    where T : class
{
    private static readonly ActivitySource Source = new(Telemetry.Name);

    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        try
        {
            await Resolve(context);
        }
        catch (Exception exception)
        {
            // As a consumer's own failure is told; else nobody would hear that the message has ended here.
            await context.NotifyFaulted(TimeSpan.Zero, nameof(ConsumeInTenant<>), exception);
            throw;
        }

        using var activity = Source.StartActivity($"consume {typeof(T).Name}", ActivityKind.Consumer, context.Headers.Get<string>(MessageDelivery.TraceHeader));
        var tries = ++context.ReceiveContext.GetOrAddPayload(() => new Tries()).Count;
        try
        {
            await next.Send(context);
        }
        catch (Exception exception) when (putBack.IsDue(tries, exception))
        {
            if (!await putBack.Try(context, tenant.Tenant, exception))
            {
                throw;
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("tenant");

    private async Task Resolve(ConsumeContext<T> context)
    {
        var header = context.Headers.Get<string>(MessageDelivery.TenantHeader);
        if (!Guid.TryParse(header, out var tenantId) || context.MessageId is not { } messageId)
        {
            throw new MessageWithoutTenantException("The message names no tenant or has no id.");
        }

        tenant.Resolve(await store.GetAsync(tenantId, context.CancellationToken)
            ?? throw new MessageWithoutTenantException("The message's tenant does not exist."));
        var queue = context.ReceiveContext.InputAddress.AbsolutePath;
        origin.Set(messageId, queue[(queue.LastIndexOf('/') + 1)..]);
    }
}

/// <summary>How often this delivery of a message was tried.</summary>
internal sealed class Tries
{
    internal int Count { get; set; }
}
