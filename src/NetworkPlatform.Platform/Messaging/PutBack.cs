using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>
/// With RabbitMQ, puts an event back into the outbox, to come again later, where its consumer has tried in vain for minutes and yet may succeed another time: what it follows from may have been held up. It comes
/// to all of its consumers, by the same id, so those that are done with it have their receipt. Each time counts as one of the tries that an outbox row has; after the last it is left to the error queue.
/// </summary>
internal sealed partial class PutBack(IServiceProvider services, TransportSettings transport, IDatabase database, Connections connections, TimeProvider clock, ILogger<PutBack> logger)
{
    private const int LongestWaitMinutes = 60;

    internal bool IsDue(int tries, Exception exception) => !transport.InMemory && tries >= Transport.TriesOf(transport) && Transport.MayPass(database, exception);

    /// <returns>False where the message must be left to its queue.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "A database that is away cannot be put anything back into; the consumer's own failure is what is told.")]
    internal async Task<bool> Try<T>(ConsumeContext<T> context, TenantInfo tenant, Exception reason)
        where T : class
    {
        var attempts = context.Headers.Get<int>(MessageDelivery.AttemptsHeader) ?? 1;
        if (attempts >= OutboxCarrier.MaxAttempts)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var message = new OutboxMessage
        {
            Id = context.MessageId!.Value,
            TenantId = tenant.Id,
            Type = typeof(T).FullName!,
            Body = JsonSerializer.Serialize(context.Message),
            TraceParent = context.Headers.Get<string>(MessageDelivery.TraceHeader),
            At = now,
            DueAt = now.AddMinutes(Math.Min(LongestWaitMinutes, Math.Pow(2, attempts))),
            Attempts = attempts,
            LastError = OutboxMessage.Shortened(reason.Message),
        };
        try
        {
            // The main database's outbox takes every tenant's, wherever its rows are on their way to.
            await using var db = TenantErasure.Open(services, services.GetServices<ModuleContext>().Single(m => m.Plane == Plane.Both), tenant, connections.Application(null, PlatformTables.Schema));
            await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
            if (await db.TryAddOnce(message, database, context.CancellationToken))
            {
                await transaction.CommitAsync(context.CancellationToken);
            }
        }
        catch (Exception exception)
        {
            LogNotPutBack(logger, message.Id, exception.Message);
            return false;
        }

        LogPutBack(logger, message.Id, message.Type, attempts, reason.GetType().Name);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of type {Type} went back to the outbox after delivery {Attempt}: {Failure}")]
    private static partial void LogPutBack(ILogger logger, Guid messageId, string type, int attempt, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} could not go back to the outbox: {Reason}")]
    private static partial void LogNotPutBack(ILogger logger, Guid messageId, string reason);
}
