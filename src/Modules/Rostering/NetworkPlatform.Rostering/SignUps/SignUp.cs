namespace NetworkPlatform.Rostering.SignUps;

internal enum SignUpStatus
{
    Confirmed,
    Waitlisted,
    Cancelled,
    Attended,
    Excused,
    NoShow,
}

/// <summary>A volunteer's claim on a shift.</summary>
[AboutPerson(nameof(VolunteerId), Kept = true)]
internal sealed class SignUp : Entity, IOfChapter
{
    internal const int ReasonLength = 500;

    public required Guid ShiftId { get; init; }

    public required Guid VolunteerId { get; init; }

    /// <summary>The shift's.</summary>
    public required Guid ChapterId { get; init; }

    public required SignUpStatus Status { get; set; }

    public required DateTimeOffset At { get; init; }

    [Personal]
    public string? CancelReason { get; private set; }

    /// <summary>Time actually given; null until it is known.</summary>
    public int? Minutes { get; private set; }

    /// <summary>Something happened that needs a debrief.</summary>
    public bool Critical { get; private set; }

    internal void Cancel(string? reason)
    {
        Status = SignUpStatus.Cancelled;
        CancelReason = reason;
    }

    internal void Complete(SignUpStatus outcome, int minutes, bool critical)
    {
        (Status, Minutes, Critical) = (outcome, minutes, critical);
    }
}
