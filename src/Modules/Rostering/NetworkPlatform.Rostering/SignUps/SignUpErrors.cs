using NetworkPlatform.Rostering.Burnout;
using Severity = NetworkPlatform.Rostering.Burnout.Severity;

namespace NetworkPlatform.Rostering.SignUps;

internal sealed record SignUpNotFound() : NotFound("There is no such sign-up.");

internal sealed record AlreadySignedUp(Guid SignUpId) : Conflict("The volunteer is signed up for this shift already.");

internal sealed record ShiftOverlap(DateTimeOffset StartsAt, DateTimeOffset EndsAt) : Conflict("The volunteer has another shift at that time.");

internal sealed record SignUpNotConfirmed(SignUpStatus SignUpStatus) : Conflict("Only a confirmed sign-up has an outcome.");

internal sealed record SignUpNotActive(SignUpStatus SignUpStatus) : Conflict("The sign-up was cancelled or has its outcome, so it can no longer be cancelled.");

internal sealed record ShiftNotStarted(DateTimeOffset StartsAt) : RuleBroken("The outcome can be recorded once the shift has started.");

/// <summary>Taking the shift would harm the volunteer.</summary>
/// <param name="EligibleAt">The earliest start that every rule would allow for such a shift; null where none would, because it is too long.</param>
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
