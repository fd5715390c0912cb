using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Opens the facilitation shift of a session that was put on the calendar.</summary>
internal static class OpenShift
{
    public sealed record Command(SessionScheduled Session) : ITogether;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;
            db.Add(new Shift
            {
                SessionId = session.SessionId,
                GroupId = session.GroupId,
                ChapterId = session.ChapterId,
                Title = session.GroupName,
                StartsAt = session.StartsAt,
                EndsAt = session.EndsAt,
                TimeZone = session.TimeZone,
                Places = session.Facilitators,
                Intensity = session.Intensity,
            });
            return Task.FromResult<Result<Done>>(Done.Instance);
        }
    }
}
