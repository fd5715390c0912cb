using NetworkPlatform.Registry.Groups;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Moves the horizon of the tenant's meetings on: some meetings at a time get the sessions that have come within reach.</summary>
internal static class ExtendCalendar
{
    private const int MeetingsAtOnce = 200;

    public sealed record Command : ICommand<Response>;

    /// <param name="Meetings">How many meetings were extended; fewer than asked for means that all are up to date.</param>
    public sealed record Response(int Meetings, bool More);

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();

            // A meeting east of UTC may be a day further; extending twice adds nothing.
            var reached = DateOnly.FromDateTime((now + Meeting.Horizon).UtcDateTime).AddDays(-1);
            var behind = await db.Meetings
                .Where(m => m.ScheduledUntil < reached)
                .Join(db.Groups.Where(g => g.Status != GroupStatus.Closed), m => m.GroupId, g => g.Id, (meeting, g) => new { meeting, g.Name })
                .OrderBy(m => m.meeting.ScheduledUntil)
                .Take(MeetingsAtOnce)
                .ToListAsync(cancellationToken);
            foreach (var due in behind)
            {
                foreach (var session in due.meeting.ExtendTo(now))
                {
                    db.Add(session);
                    outbox.Publish(due.meeting.Announce(session, due.Name));
                }
            }

            return new Response(behind.Count, behind.Count == MeetingsAtOnce);
        }
    }
}
