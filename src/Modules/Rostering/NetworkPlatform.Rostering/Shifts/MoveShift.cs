using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Moves a session's shift with it, and what its volunteers have committed to. A move that is older than one already seen changes nothing.</summary>
internal static class MoveShift
{
    public sealed record Command(SessionMoved Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;
            var shift = await db.Shifts.SingleOrDefaultAsync(s => s.SessionId == session.SessionId, cancellationToken);
            if (shift is null)
            {
                return new ShiftNotOpenedYet(session.SessionId);
            }

            if (session.Revision <= shift.SessionRevision)
            {
                return Done.Instance;
            }

            (shift.StartsAt, shift.EndsAt, shift.SessionRevision) = (session.StartsAt, session.EndsAt, session.Revision);
            var confirmed = await db.SignUps.Where(s => s.ShiftId == shift.Id && s.Status == SignUpStatus.Confirmed).Select(s => s.Id).ToListAsync(cancellationToken);
            foreach (var commitment in await db.Commitments.Where(c => confirmed.Contains(c.Id)).ToListAsync(cancellationToken))
            {
                (commitment.StartsAt, commitment.EndsAt) = (session.StartsAt, session.EndsAt);
            }

            return Done.Instance;
        }
    }
}
