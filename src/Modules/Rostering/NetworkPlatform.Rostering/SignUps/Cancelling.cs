using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>What goes together when a sign-up ends before its shift: the place goes on to the waitlist, and swaps that depended on it end. The caller holds the shift's lock.</summary>
internal sealed class Cancelling(RosteringDbContext db, Waitlist waitlist, SwapEnding swaps, PolicySets policies, Caller caller, Outbox outbox, TimeProvider clock)
{
    /// <summary>What keeps volunteers from giving a place back by themselves so shortly before; null where nothing does.</summary>
    internal async Task<CancelCutOffPassed?> FindCutOff(SignUp signUp, Shift shift, CancellationToken cancellationToken)
    {
        if (signUp.Status != SignUpStatus.Confirmed || caller.May(RosteringPermissions.ActForOthers))
        {
            return null;
        }

        var policy = (await policies.Newest(cancellationToken)).For(shift.ChapterId);
        decimal?[] cutOffs = [shift.Terms?.CancelHoursBefore, policy.SelfCancel.Refuse];
        return cutOffs.Max() is { } hours && (decimal)(shift.StartsAt - clock.GetUtcNow()).TotalHours < hours
            ? new CancelCutOffPassed(hours, shift.StartsAt)
            : null;
    }

    internal async Task Cancel(SignUp signUp, Shift shift, string? reason, CancellationToken cancellationToken)
    {
        var (heldPlace, wasConfirmed) = (signUp.HoldsPlace, signUp.Status == SignUpStatus.Confirmed);
        signUp.Cancel(reason);
        outbox.Publish(new SignUpCancelled(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, wasConfirmed));
        await swaps.EndThoseOf([signUp.Id], cancellationToken);
        if (!heldPlace)
        {
            return;
        }

        shift.ReleasePlace(signUp.Experienced);
        await db.Commitments.Where(c => c.Id == signUp.Id).ExecuteDeleteAsync(cancellationToken);
        await waitlist.OfferFreePlaces(shift, cancellationToken);
        if (wasConfirmed && (await policies.Newest(cancellationToken)).For(shift.ChapterId).SelfCancel.Below((decimal)(shift.StartsAt - clock.GetUtcNow()).TotalHours) is not null)
        {
            outbox.Publish(new SignUpCancelledLate(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, shift.ChapterId, shift.StartsAt, reason));
        }

        // Also when the last was only on offer: until then somebody was asked.
        if (shift.Taken == 0)
        {
            outbox.Publish(new ShiftUncovered(shift.Id, shift.SessionId, shift.ChapterId, shift.StartsAt));
        }
    }
}
