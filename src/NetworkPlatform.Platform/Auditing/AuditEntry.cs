using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>
/// Who did what to which records and why, or read them: written with the change itself. Only ever added; holds ids, no payload and no names, so that it may outlive whom it names.
/// </summary>
[AppendOnly]
internal sealed class AuditEntry : Entity
{
    private AuditEntry()
    {
    }

    /// <summary>To the microsecond, as every database keeps it: the entry's hash covers it.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>The token's subject, or <c>platform</c>; <c>withheld</c> of what is <see cref="Pipeline.IConfidential"/>.</summary>
    public string Actor { get; private init; } = "";

    /// <summary>The slice in kebab case, for example <c>sign-up-for-shift</c>.</summary>
    public string Action { get; private init; } = "";

    /// <summary>Kinds and ids of the records touched; only counts where they are many.</summary>
    public string Records { get; private init; } = "";

    /// <summary>What a read was for; null for a change.</summary>
    public string? Purpose { get; private init; }

    /// <summary>See <see cref="AuditReason"/>; null where no reason was given.</summary>
    public byte[]? ReasonDigest { get; private init; }

    public string? TraceId { get; private init; }

    internal static AuditEntry Of(DateTimeOffset now, string actor, string action, string records, string? purpose, AuditReason? reason, string? traceId) => new()
    {
        Id = reason?.Id ?? Guid.CreateVersion7(),
        At = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        Actor = actor,
        Action = action,
        Records = records,
        Purpose = purpose,
        ReasonDigest = reason?.Digest(),
        TraceId = traceId,
    };
}

/// <summary>
/// The reason that somebody gave for an entry, in their own words. Its id is the entry's. It may name people, so it can be deleted: the entry holds a salted digest only, which shows
/// whether the words are those of then, and nothing once they are gone.
/// </summary>
internal sealed class AuditReason : Entity
{
    internal const int TextLength = 500;

    private AuditReason()
    {
    }

    public string Text { get; private init; } = "";

    public byte[] Salt { get; private init; } = [];

    internal static AuditReason Of(string text) => new() { Text = text, Salt = RandomNumberGenerator.GetBytes(16) };

    /// <summary>SHA-256 of salt and text.</summary>
    internal byte[] Digest() => SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes(Text)]);
}
