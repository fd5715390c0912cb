using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>An event that a transaction has committed to publish. The row goes when the transport has confirmed it.</summary>
[Shared("the relay publishes every tenant's events, under a database role that can do nothing else; the application's role may only add its own tenant's")]
internal sealed class OutboxMessage
{
    internal const int LastErrorLength = 1000;

    /// <summary>UUIDv7; also the message's id on the transport, so that a second publication is recognised.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid TenantId { get; init; }

    /// <summary>Full name of the event's type.</summary>
    public required string Type { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>W3C trace context of the request that caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it may next be claimed: now for a new one unless it is to wait, the lease's end for a claimed one, later after a failure.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public string? LastError { get; set; }

    /// <summary>Set when it was given up on, for a person to look at.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    internal static string Shortened(string error) => error.Length > LastErrorLength ? error[..LastErrorLength] : error;
}

/// <summary>A consumer's receipt for a message, written in the transaction of its effect, so that the effect happens once.</summary>
internal sealed class InboxMessage : Entity
{
    internal const string Table = "platform.inbox_messages";
    internal const string UniqueKey = "ux_inbox_messages_message";

    public required Guid MessageId { get; init; }

    public required string Consumer { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The receipt goes ahead of the effect, so that a second delivery stops here, and one at the same moment waits for the first.</summary>
    internal static void InsertAhead(ModuleDbContext db, Guid messageId, string consumer, DateTimeOffset at)
    {
        var row = new InboxMessage { MessageId = messageId, Consumer = consumer, At = at };
        db.InsertAhead(Table, $"(tenant_id, id, message_id, consumer, at, version) VALUES ({db.TenantId}, {row.Id}, {messageId}, {row.Consumer}, {row.At}, {row.Version})");
    }
}
