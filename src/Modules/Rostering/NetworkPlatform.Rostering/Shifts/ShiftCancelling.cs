using System.Linq.Expressions;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Cancels shifts with every sign-up for them.</summary>
internal sealed class ShiftCancelling(RosteringDbContext db, SwapEnding swaps, Outbox outbox)
{
    /// <returns>How many shifts.</returns>
    internal async Task<int> Cancel(Expression<Func<Shift, bool>> which, string reason, CancellationToken cancellationToken)
    {
        // A sign-up that is under way either was before this and is found below, or finds the shift cancelled.
        db.LockShifts(await db.Shifts.Where(which).Select(s => s.Id).ToListAsync(cancellationToken));
        var cancelled = await db.Shifts.Where(which).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Status, ShiftStatus.Cancelled).SetProperty(s => s.Taken, 0).SetProperty(s => s.Experienced, 0).SetProperty(s => s.Version, s => s.Version + 1),
            cancellationToken);
        var signUps = await db.SignUps.Active().Where(s => db.Shifts.Where(which).Any(shift => shift.Id == s.ShiftId)).ToListAsync(cancellationToken);
        var ids = signUps.Select(s => s.Id).ToList();
        var sessions = await db.Shifts.Where(which).ToDictionaryAsync(s => s.Id, s => s.SessionId, cancellationToken);
        await db.Commitments.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
        foreach (var signUp in signUps)
        {
            outbox.Publish(new SignUpCancelled(signUp.Id, signUp.ShiftId, sessions[signUp.ShiftId], signUp.VolunteerId, WasConfirmed: signUp.Status == SignUpStatus.Confirmed, WithShift: true));
            signUp.Cancel(reason);
        }

        await swaps.EndThoseOf(ids, cancellationToken);
        return cancelled;
    }
}
