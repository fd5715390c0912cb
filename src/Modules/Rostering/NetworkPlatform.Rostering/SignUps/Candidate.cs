using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>What has to be known of a volunteer to say whether they may take a shift.</summary>
/// <param name="SessionsAttended">In this tenant.</param>
/// <param name="Duties">What else they have taken in the network.</param>
internal sealed record Candidate(Guid VolunteerId, Guid PersonId, Guid? AccountId, int SessionsAttended, Qualifications Qualifications, List<Duty> Duties)
{
    internal bool IsExperienced => SessionsAttended > 0;
}

internal static class CandidateQueries
{
    /// <summary>The volunteers as candidates for shifts from an instant on, with all that can count: what ended up to a year before, and everything after.</summary>
    /// <param name="leftOut">Commitments that are to be given up with the decision.</param>
    internal static IQueryable<Candidate> Candidates(this RosteringDbContext db, IQueryable<Volunteer> volunteers, DateTimeOffset from, params IReadOnlyList<Guid> leftOut)
    {
        var since = from.AddDays(-Commitment.DaysThatCount);
        return volunteers.AsNoTracking().Select(v => new Candidate(
            v.Id,
            v.PersonId,
            v.AccountId,
            v.SessionsAttended,
            v.Qualifications,
            db.Commitments.Where(c => c.PersonId == v.PersonId && c.EndsAt > since && !leftOut.Contains(c.Id))
                .Select(c => new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity, c.Kind, c.Debrief)).ToList()));
    }
}
