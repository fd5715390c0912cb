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

            var newer = shifts.FindAll(s => session.Revision > s.GroupRevision);
            if (newer.Count == 0)
            {
                return Done.Instance;
            }

            var meeting = session.MeetingId ?? newer[0].MeetingId;
            var series = await db.SeriesOf(meeting, newer, cancellationToken);
            await series.Where(s => s.GroupId != session.GroupId).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.GroupId, session.GroupId).SetProperty(s => s.MeetingId, s => s.MeetingId ?? meeting).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
            foreach (var shift in newer)
            {
                shift.MeetingId ??= session.MeetingId;
                (shift.GroupId, shift.Title, shift.GroupRevision) = (session.GroupId, session.GroupName, session.Revision);
            }

            return Done.Instance;
        }
    }
}
