using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Whether a volunteer may take a shift (or a place on its waitlist), and what stands in the way.</summary>
/// <param name="Problem">What a sign-up would be refused with, for example burnout-limit; null where it would not be.</param>
/// <param name="Violations">Limits passed; of a shift that may be taken, those that warn.</param>
/// <param name="EligibleAt">The earliest start that the limits would allow for such a shift, beside no other duty.</param>
/// <param name="Missing">Codes of the qualifications that are missing.</param>
internal sealed record ShiftEligibility(
    bool Eligible, string? Problem, string? Detail, IReadOnlyList<BurnoutViolation> Violations, DateTimeOffset? EligibleAt, IReadOnlyList<string> Missing)
{
    internal static ShiftEligibility Of(Eligibility eligibility) => Of(eligibility.Refusal) with { Violations = BurnoutViolation.Of(eligibility.Decision) };

    internal static ShiftEligibility Of(Error? refusal) => new(
        refusal is null,
        refusal is null ? null : Error.NameOf(refusal.GetType()),
        refusal?.Detail,
        [],
        (refusal as BurnoutLimit)?.EligibleAt,
        (refusal as QualificationMissing)?.Missing ?? []);
}
