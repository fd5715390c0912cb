using NetworkPlatform.Registry.Groups;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Moves the horizon of the tenant's meetings on: some meetings of a chapter at a time get the sessions that have come within reach.</summary>
internal static class ExtendCalendar
{
    private const int MeetingsAtOnce = 200;

    public sealed record Command : ICommand<Response>;

    /// <param name="More">Whether there may be meetings left that are not up to date.</param>
    public sealed record Response(bool More);

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();

            // A meeting east of UTC may be a day further; extending twice adds nothing.
            var reached = DateOnly.FromDateTime((now + Meeting.Horizon).UtcDateTime).AddDays(-1);
            var behind = db.Meetings
                .Where(m => m.ScheduledUntil < reached)
                .Join(db.Groups.Where(g => g.Status != GroupStatus.Closed), m => m.GroupId, g => g.Id, (meeting, g) => new { meeting, g.Name })
                .OrderBy(m => m.meeting.ScheduledUntil);
            if (await behind.Select(m => (Guid?)m.meeting.ChapterId).FirstOrDefaultAsync(cancellationToken) is not { } chapterId)
            {
                return new Response(More: false);
            }

            db.LockCalendar(chapterId);
            foreach (var due in await behind.Where(m => m.meeting.ChapterId == chapterId).Take(MeetingsAtOnce).ToListAsync(cancellationToken))
            {
                foreach (var session in due.meeting.ExtendTo(now))
                {
                    db.Add(session);
                    outbox.Publish(due.meeting.Announce(session, due.Name));
                }
            }

            return new Response(More: true);
        }
    }
}
