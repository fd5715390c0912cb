using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Who did what to which records, written with the change itself. Only ever added; holds no payload and no names.</summary>
[AppendOnly]
internal sealed class AuditEntry : Entity
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The token's subject, or <c>platform</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The command's slice in kebab case, for example <c>sign-up-for-shift</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Kinds and ids of the records touched; only counts where they are many.</summary>
    public required string Records { get; init; }

    public string? TraceId { get; init; }
}
