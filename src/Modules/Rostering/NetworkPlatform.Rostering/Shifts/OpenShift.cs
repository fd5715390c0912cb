using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Standing;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Opens the facilitation shift of a session that was put on the calendar, and gives places to those who have taken the series.</summary>
internal static class OpenShift
{
    public sealed record Command(SessionScheduled Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, StandingPlaces standing, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;
            var terms = await db.RoleTerms.AsNoTracking().SingleOrDefaultAsync(r => r.Role == ShiftRole.Facilitator, cancellationToken);
            var shift = new Shift
            {
                SessionId = session.SessionId,
                MeetingId = session.MeetingId,
                GroupId = session.GroupId,
                ChapterId = session.ChapterId,
                Title = session.GroupName,
                StartsAt = session.StartsAt,
                EndsAt = session.EndsAt,
                TimeZone = session.TimeZone,
                Places = session.Facilitators,
                Intensity = session.Intensity,
                Terms = terms?.Terms,
            };
            db.Add(shift);
            outbox.Publish(new PlacesOpened(shift.Id, session.SessionId, shift.Places, shift.Version));
            await standing.Give(shift, cancellationToken);
            return Done.Instance;
        }
    }
}
