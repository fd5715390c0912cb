using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Whether somebody may take a shift: the one place that says so, without looking anything up.</summary>
/// <param name="Refusal">Null where they may.</param>
internal readonly record struct Eligibility(Error? Refusal, BurnoutDecision Decision)
{
    internal static Eligibility Of(Shift shift, Candidate candidate, BurnoutPolicy policy, DateTimeOffset now, bool asNew = false) =>
        Of(shift, candidate, TakenDuties.Of(policy, candidate.Duties, shift.StartsAt), now, asNew);

    /// <param name="taken">The candidate's duties, ready for many decisions.</param>
    /// <param name="asNew">Whether somebody asks for a place, as they may within its window: an offer, a swap, a stand-in and the next of a series are not bound to it.</param>
    internal static Eligibility Of(Shift shift, Candidate candidate, TakenDuties taken, DateTimeOffset now, bool asNew = false)
    {
        var duty = shift.ToDuty();
        var obstacle = FindObstacle(shift, candidate, now, asNew) ?? (candidate.Duties.Exists(duty.Overlaps) ? new ShiftOverlap(duty.StartsAt, duty.EndsAt) : null);
        if (obstacle is not null)
        {
            return new Eligibility(obstacle, BurnoutDecision.Nothing);
        }

        var decision = BurnoutRules.Decide(taken, duty);
        return new Eligibility(decision.IsRefused ? new BurnoutLimit(BurnoutViolation.Of(decision), decision.EligibleAt) : null, decision);
    }

    private static Error? FindObstacle(Shift shift, Candidate candidate, DateTimeOffset now, bool asNew)
    {
        if (shift.Status == ShiftStatus.Cancelled)
        {
            return new ShiftIsCancelled();
        }

        if (shift.EndsAt <= now)
        {
            return new ShiftIsOver(shift.EndsAt);
        }

        if (shift.Terms is not { } terms)
        {
            return null;
        }

        if (asNew && shift.OutsideWindow(now) is { } outside)
        {
            return outside;
        }

        var day = shift.StartsAt.DateIn(LocalClock.Zone(shift.TimeZone));
        if (candidate.Qualifications.MissingOn(day, terms.Qualifications) is { Count: > 0 } missing)
        {
            return new QualificationMissing(missing);
        }

        var isLastPlace = shift.Taken == shift.Places - 1;
        return terms.NoFirstTimersAlone && isLastPlace && shift.Experienced == 0 && !candidate.IsExperienced ? new FirstTimersAlone() : null;
    }
}
