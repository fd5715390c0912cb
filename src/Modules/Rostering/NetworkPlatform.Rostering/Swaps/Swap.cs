namespace NetworkPlatform.Rostering.Swaps;

internal enum SwapStatus
{
    Pending,
    Accepted,
    Declined,
    Withdrawn,
    Lapsed,
}

/// <summary>A volunteer's request that somebody take over their shift, be it in return for another one.</summary>
[AboutPerson(nameof(FromVolunteerId), Kept = true)]
[AboutPerson(nameof(ToVolunteerId), Kept = true)]
internal sealed class Swap : Entity, IOfChapter
{
    public required Guid SignUpId { get; init; }

    public required Guid ShiftId { get; init; }

    /// <summary>The shift's.</summary>
    public required Guid ChapterId { get; init; }

    public required Guid FromVolunteerId { get; init; }

    /// <summary>Who is asked; null for anybody, until somebody accepts.</summary>
    public Guid? ToVolunteerId { get; set; }

    /// <summary>The sign-up asked for in return. While the request is pending its shift counts for the one who asks.</summary>
    public Guid? InReturnSignUpId { get; init; }

    public Guid? InReturnShiftId { get; init; }

    public SwapStatus Status { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The start of the first of the shifts.</summary>
    public required DateTimeOffset Until { get; init; }
}

internal sealed record SwapNotFound() : NotFound("There is no such request.");

internal sealed record SwapNotPending(SwapStatus SwapStatus) : Conflict("The request has come to an end.");

internal sealed record SwapAlreadyRequested(Guid SwapId) : Conflict("There is a request for this sign-up already.");

internal sealed record SwapNotPossibleNow() : Conflict("The other half of the exchange cannot be done now.");

internal sealed record SwapWithOneself() : RuleBroken("A swap needs two volunteers.");

internal sealed record ShiftHasStarted(DateTimeOffset StartedAt) : RuleBroken("The shift has started.");
