using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// What goes together when somebody goes for good: the places to come go on to the waitlist, and the requests that they are part of end. What is under way stays theirs: they were there, and it can be
/// recorded.
/// </summary>
internal sealed class GivingBack(RosteringDbContext db, Cancelling cancelling, SwapEnding swaps, TimeProvider clock)
{
    /// <summary>Also their series and their calendar go, and what was critical warns as any session: they would be refused everywhere in the network until somebody here has noted a debrief.</summary>
    internal async Task<Result<Done>> LeaveRota(Guid volunteerId, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.StandingSignUps.Where(s => s.VolunteerId == volunteerId).ToListAsync(cancellationToken));
        db.RemoveRange(await db.CalendarFeeds.Where(f => f.VolunteerId == volunteerId).ToListAsync(cancellationToken));
        await GiveBack(volunteerId, "The volunteer has left.", cancellationToken);
        db.LockPerson(volunteerId);
        await db.Commitments.Where(c => c.Debrief == DebriefDue.Critical && db.SignUps.Any(s => s.Id == c.Id && s.VolunteerId == volunteerId))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Debrief, DebriefDue.Usual), cancellationToken);
        return await IsAnyLeft([volunteerId], cancellationToken) ? new ChangedMeanwhile() : Done.Instance;
    }

    internal async Task GiveBack(Guid volunteerId, string? reason, CancellationToken cancellationToken)
    {
        var held = await ToCome([volunteerId]).AsNoTracking().Select(s => new { s.Id, s.ShiftId }).OrderBy(s => s.ShiftId).ToListAsync(cancellationToken);
        db.LockShifts(held.Select(s => s.ShiftId));
        foreach (var id in held.Select(s => s.Id))
        {
            var (signUp, shift, _) = (await db.SignUpWithShift(id, cancellationToken))!;
            if (signUp.IsActive && (signUp.Status == SignUpStatus.Confirmed ? shift.StartsAt : shift.EndsAt) > clock.GetUtcNow())
            {
                await cancelling.Cancel(signUp, shift, reason, cancellationToken);
            }
        }

        foreach (var swap in await db.Swaps
            .Where(s => s.Status == SwapStatus.Pending && (s.FromVolunteerId == volunteerId || s.ToVolunteerId == volunteerId)).ToListAsync(cancellationToken))
        {
            if (swap.Status == SwapStatus.Pending)
            {
                await swaps.End(swap, swap.FromVolunteerId == volunteerId ? SwapStatus.Withdrawn : SwapStatus.Declined, cancellationToken);
            }
        }
    }

    /// <summary>Whether one of them has come to a place since: under the people's locks, from when on nobody can.</summary>
    internal async Task<bool> IsAnyLeft(IReadOnlyCollection<Guid> volunteerIds, CancellationToken cancellationToken) =>
        (await ToCome(volunteerIds).ToListAsync(cancellationToken)).Exists(s => s.IsActive); // what was given back above is so in the tracker, not yet in the database

    private IQueryable<SignUp> ToCome(IReadOnlyCollection<Guid> volunteerIds)
    {
        var now = clock.GetUtcNow();
        return db.SignUps.Active().Where(s => volunteerIds.Contains(s.VolunteerId)
            && db.Shifts.Any(shift => shift.Id == s.ShiftId && (s.Status == SignUpStatus.Confirmed ? shift.StartsAt : shift.EndsAt) > now));
    }
}
