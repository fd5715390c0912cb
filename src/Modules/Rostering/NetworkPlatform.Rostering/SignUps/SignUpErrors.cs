using NetworkPlatform.Rostering.Burnout;
using Severity = NetworkPlatform.Rostering.Burnout.Severity;

namespace NetworkPlatform.Rostering.SignUps;

internal sealed record SignUpNotFound() : NotFound("There is no such sign-up.");

internal sealed record AlreadySignedUp(Guid SignUpId) : Conflict("The volunteer is signed up for this shift already.");

internal sealed record ShiftOverlap(DateTimeOffset StartsAt, DateTimeOffset EndsAt) : Conflict("The volunteer has another shift at that time.");

internal sealed record SignUpNotConfirmed(SignUpStatus SignUpStatus) : Conflict("Only a confirmed sign-up can be checked in and has an outcome.");

internal sealed record SignUpNotActive(SignUpStatus SignUpStatus) : Conflict("The sign-up was cancelled or has its outcome, so it can no longer be changed.");

internal sealed record NothingToConfirm(SignUpStatus SignUpStatus) : Conflict("Only a place on offer, or one that has come free for somebody on the waitlist, can be confirmed.");

internal sealed record ShiftIsFull() : Conflict("All places are taken; the sign-up stays on the waitlist.");

internal sealed record ShiftNotStarted(DateTimeOffset StartsAt) : RuleBroken("The outcome can be recorded once the shift has started.");

internal sealed record CheckInNotOpen(DateTimeOffset OpensAt, DateTimeOffset ClosesAt) : RuleBroken("Checking in is possible from an hour before the start until the end.");

internal sealed record NoDebriefDue(SignUpStatus SignUpStatus) : Conflict("Only a session that was attended has a debrief, once.");

/// <summary>Too late for volunteers to cancel by themselves; a coordinator still may.</summary>
internal sealed record CancelCutOffPassed(decimal Hours, DateTimeOffset StartsAt)
    : RuleBroken($"Volunteers may cancel by themselves until {Hours:0.####} hours before the start. Please call your coordinator.");

/// <param name="Missing">Codes of what the shift asks for and the volunteer does not hold on its day.</param>
internal sealed record QualificationMissing(IReadOnlyList<string> Missing) : RuleBroken($"The shift needs: {string.Join(", ", Missing)}.");

internal sealed record FirstTimersAlone() : RuleBroken("Only first-timers have taken the other places: the last one is kept for somebody experienced.");

/// <summary>Taking the shift would harm the volunteer.</summary>
/// <param name="EligibleAt">The earliest start that every rule would allow for such a shift, beside no other duty; null where none would, because it is too long or a debrief is due.</param>
internal sealed record BurnoutLimit(IReadOnlyList<BurnoutViolation> Violations, DateTimeOffset? EligibleAt)
    : RuleBroken($"The shift would take the volunteer beyond: {string.Join(", ", Violations.Where(v => v.Severity == Severity.Refuse).Select(v => v.Rule))}.");

/// <param name="Limit">In <paramref name="Unit"/>, as <paramref name="Actual"/>.</param>
/// <param name="EligibleAt">The earliest start that this rule would allow; null where none would.</param>
internal sealed record BurnoutViolation(
    string Rule, Severity Severity, decimal Limit, decimal Actual, string Unit, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, DateTimeOffset? EligibleAt)
{
    internal static IReadOnlyList<BurnoutViolation> Of(BurnoutDecision decision) =>
        [.. decision.Findings.Select(f => new BurnoutViolation(f.Rule, f.Severity, f.Limit, f.Actual, f.Unit, f.WindowStart, f.WindowEnd, f.EligibleAt))];
}
