using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.Standing;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>
/// Gives a session's shifts to the group that the session has come to, and with them the series that they belong to: who has taken every Tuesday goes on with the Tuesdays. A change that is older than one
/// already seen changes nothing.
/// </summary>
internal static class RegroupShifts
{
    public sealed record Command(SessionRegrouped Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;
            var shifts = await db.LockShiftsOf(session.SessionId, cancellationToken);
            if (shifts.Count == 0)
            {
                return new ShiftNotOpenedYet(session.SessionId);
            }

            foreach (var shift in shifts.Where(s => session.Revision > s.GroupRevision))
            {
                await db.ChangeSeriesOf(shift, series => series.SetProperty(s => s.GroupId, session.GroupId), cancellationToken);
                (shift.GroupId, shift.Title, shift.GroupRevision) = (session.GroupId, session.GroupName, session.Revision);
            }

            return Done.Instance;
        }
    }
}
