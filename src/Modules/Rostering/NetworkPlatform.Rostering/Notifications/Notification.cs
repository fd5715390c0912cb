namespace NetworkPlatform.Rostering.Notifications;

/// <summary>What people are told by mail.</summary>
internal enum NotificationKind
{
    SignUpConfirmed,

    /// <summary>A place has come free for somebody on the waitlist.</summary>
    PlaceOffered,
    ShiftCancelled,
    ShiftMoved,
    ShiftReminder,

    /// <summary>To coordinators.</summary>
    LateCancellation,

    /// <summary>To the volunteer who is asked to take over a shift.</summary>
    SwapRequested,

    /// <summary>To the volunteer who asked, as are the next two.</summary>
    SwapAccepted,
    SwapDeclined,
    SwapLapsed,
}

internal enum NotificationStatus
{
    Due,
    Sent,

    /// <summary>No longer true or no longer wanted when it was to be sent.</summary>
    Skipped,

    /// <summary>Given up on: nobody can have that address, or no server has taken it for days.</summary>
    Failed,
}

/// <summary>A mail that is to be sent, once for its cause, and what became of it.</summary>
[AboutPerson(nameof(RecipientId))]
internal sealed class Notification : Entity
{
    internal const int CauseLength = 80;

    public required NotificationKind Kind { get; init; }

    /// <summary>A volunteer; for <see cref="NotificationKind.LateCancellation"/> a <see cref="CoordinatorAddress"/>.</summary>
    public required Guid RecipientId { get; init; }

    /// <summary>What it is about. The same cause is told once to each, however often its event comes.</summary>
    public required string Cause { get; init; }

    public required Guid ShiftId { get; init; }

    public Guid? SignUpId { get; init; }

    /// <summary>The request to take over a shift that it is about; null where it is about none.</summary>
    public Guid? SwapId { get; init; }

    /// <summary>Why, in the words of who did it.</summary>
    [Personal]
    public string? Reason { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Whether it waits for the day's digest.</summary>
    public bool InDigest { get; set; }

    public int Attempts { get; set; }

    public NotificationStatus Status { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    internal void Settle(NotificationStatus status, DateTimeOffset now) => (Status, SettledAt) = (status, now);
}

/// <summary>A mail may be due now; the module itself sends it.</summary>
internal sealed record NotificationDue(Guid NotificationId, Guid RecipientId);

/// <summary>An address that hears of late cancellations, for one chapter or for all.</summary>
[AboutPerson(nameof(Id))]
internal sealed class CoordinatorAddress : Entity
{
    public Guid? ChapterId { get; init; }

    [Personal]
    public required string Email { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }
}
