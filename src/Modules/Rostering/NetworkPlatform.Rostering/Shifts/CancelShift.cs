using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Cancels a session's shift and every sign-up for it.</summary>
internal static class CancelShift
{
    public sealed record Command(SessionCancelled Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // The shift first: a sign-up that is under way either was before this and is found below, or finds the shift changed.
            var cancelled = await db.Shifts
                .Where(s => s.SessionId == request.Session.SessionId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, ShiftStatus.Cancelled).SetProperty(s => s.Taken, 0).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
            if (cancelled == 0)
            {
                return new ShiftNotOpenedYet(request.Session.SessionId);
            }

            var signUps = await db.SignUps
                .Where(s => (s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Waitlisted)
                    && db.Shifts.Any(shift => shift.Id == s.ShiftId && shift.SessionId == request.Session.SessionId))
                .ToListAsync(cancellationToken);
            var ids = signUps.Select(s => s.Id).ToList();
            await db.Commitments.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
            foreach (var signUp in signUps)
            {
                outbox.Publish(new SignUpCancelled(
                    signUp.Id, signUp.ShiftId, request.Session.SessionId, signUp.VolunteerId, WasConfirmed: signUp.Status == SignUpStatus.Confirmed));
                signUp.Cancel(request.Session.Reason ?? "The session was cancelled.");
            }

            return Done.Instance;
        }
    }
}
