using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Moves a session's shifts with it, and what its volunteers have committed to; pending swaps end, since they were about another time. A move that is older than one already seen changes nothing.</summary>
internal static class MoveShifts
{
    public sealed record Command(SessionMoved Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;
            var ofSession = db.Shifts.Where(s => s.SessionId == session.SessionId);
            var ids = await ofSession.Select(s => s.Id).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return new ShiftNotOpenedYet(session.SessionId);
            }

            // Who takes a place meanwhile, be it by a swap, commits to the new time or is found below.
            db.LockShifts(ids);
            var shifts = await ofSession.ToListAsync(cancellationToken);

            foreach (var shift in shifts.Where(s => session.Revision > s.SessionRevision))
            {
                (shift.StartsAt, shift.EndsAt, shift.SessionRevision) = (session.StartsAt, session.EndsAt, session.Revision);
                var committed = await db.SignUps.Where(s => s.ShiftId == shift.Id && (s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Offered)).Select(s => s.Id).ToListAsync(cancellationToken);
                foreach (var commitment in await db.Commitments.Where(c => committed.Contains(c.Id)).ToListAsync(cancellationToken))
                {
                    (commitment.StartsAt, commitment.EndsAt) = (session.StartsAt, session.EndsAt);
                }

                await swaps.EndThoseOf(committed, cancellationToken);
                outbox.Publish(new ShiftMoved(shift.Id, shift.SessionId, shift.ChapterId, shift.StartsAt, shift.EndsAt, shift.SessionRevision));
            }

            return Done.Instance;
        }
    }
}
