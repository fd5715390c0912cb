using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Swaps;
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
    /// <summary>The volunteers as candidates for one shift: what they ask for in return in an exchange is kept for them, and is in nobody's way where it is this very shift.</summary>
    internal static IQueryable<Candidate> Candidates(this RosteringDbContext db, IQueryable<Volunteer> volunteers, Shift shift, params IReadOnlyList<Guid> leftOut)
    {
        var asked = db.InEveryChapter<Swap>().Where(s => s.Status == SwapStatus.Pending && s.InReturnShiftId == shift.Id);
        return db.Candidates(volunteers, db.Commitments.Where(c => !leftOut.Contains(c.Id) && !asked.Any(s => s.Id == c.Id)), shift.StartsAt);
    }

    /// <summary>The volunteers as candidates for shifts from an instant on, with all that can count: what ended up to a year before, and everything after.</summary>
    internal static IQueryable<Candidate> Candidates(this RosteringDbContext db, IQueryable<Volunteer> volunteers, DateTimeOffset from) => db.Candidates(volunteers, db.Commitments, from);

    /// <param name="commitments">Those of them that count.</param>
    internal static IQueryable<Candidate> Candidates(this RosteringDbContext db, IQueryable<Volunteer> volunteers, IQueryable<Commitment> commitments, DateTimeOffset from)
    {
        var since = from.AddDays(-Commitment.DaysThatCount);
        return volunteers.AsNoTracking().Select(v => new Candidate(
            v.Id,
            v.PersonId,
            v.AccountId,
            v.SessionsAttended,
            v.Qualifications,
            commitments.Where(c => c.PersonId == v.PersonId && c.EndsAt > since)
                .Select(c => new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity, c.Kind, c.Debrief)).ToList()));
    }
}
