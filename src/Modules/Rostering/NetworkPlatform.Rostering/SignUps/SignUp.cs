using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Standing;
using Severity = NetworkPlatform.Rostering.Burnout.Severity;

namespace NetworkPlatform.Rostering.SignUps;

internal enum SignUpStatus
{
    Confirmed,
    Waitlisted,

    /// <summary>A place came free for somebody on the waitlist, and is kept for them until they have answered.</summary>
    Offered,
    Cancelled,
    Attended,
    Excused,
    NoShow,
}

internal enum OverrideReason
{
    ExceptionalCircumstances,
    WorkerConsent,
    ErrorInRecords,
    RegulatoryExemption,
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

    /// <summary>Whether the volunteer had attended a session before, as of when they asked or, where they hold the place, of when they came to it.</summary>
    public required bool Experienced { get; set; }

    /// <summary>The limits that the newest decision on it was made under.</summary>
    public string? PolicyVersion { get; set; }

    /// <summary>Until when the place is kept; null unless offered.</summary>
    public DateTimeOffset? OfferedUntil { get; set; }

    /// <summary>Why limits were passed over; null where they were not.</summary>
    public OverrideReason? OverrideReason { get; private set; }

    [Personal]
    public string? OverrideNote { get; private set; }

    /// <summary>Names of the rules passed over.</summary>
    public string? OverriddenRules { get; private set; }

    /// <summary>The standing sign-up that it came from.</summary>
    public Guid? StandingId { get; init; }

    /// <summary>The local date in that series, which it keeps when its session moves.</summary>
    public DateOnly? StandingDate { get; init; }

    [Personal]
    public string? CancelReason { get; private set; }

    public DateTimeOffset? CheckedInAt { get; set; }

    /// <summary>Time actually given; null until it is known.</summary>
    public int? Minutes { get; private set; }

    /// <summary>Something happened that needs a debrief.</summary>
    public bool Critical { get; private set; }

    public DateTimeOffset? DebriefedAt { get; set; }

    internal bool HoldsPlace => Status is SignUpStatus.Confirmed or SignUpStatus.Offered;

    /// <summary>Holds a place or waits for one. The same in a query: <see cref="SignUpQueries.Active"/>.</summary>
    internal bool IsActive => HoldsPlace || Status == SignUpStatus.Waitlisted;

    /// <summary>Confirmed where there is room, else waitlisted.</summary>
    internal static SignUp For(Shift shift, Candidate candidate, DateTimeOffset at, PolicyVersion version, StandingSignUp? standing = null) => new()
    {
        ShiftId = shift.Id,
        VolunteerId = candidate.VolunteerId,
        ChapterId = shift.ChapterId,
        Status = shift.HasRoom ? SignUpStatus.Confirmed : SignUpStatus.Waitlisted,
        At = at,
        Experienced = candidate.IsExperienced,
        PolicyVersion = version.ToString(),
        StandingId = standing?.Id,
        StandingDate = standing is null ? null : StandingSignUp.LocalStart(shift).Date,
    };

    internal void PassOver(BurnoutDecision decision, OverrideReason reason, string note)
    {
        (OverrideReason, OverrideNote) = (reason, note);
        OverriddenRules = string.Join(", ", decision.Findings.Where(f => f.Severity == Severity.Refuse).Select(f => f.Rule));
    }

    internal void Cancel(string? reason)
    {
        (Status, OfferedUntil) = (SignUpStatus.Cancelled, null);
        CancelReason = reason;
    }

    internal void Complete(SignUpStatus outcome, int minutes, bool critical)
    {
        (Status, Minutes, Critical) = (outcome, minutes, critical);
    }
}
