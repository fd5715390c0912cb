using System.Text.Json.Serialization;
using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Sessions;

/// <summary>Moves a session to another local time; its shifts move with it. A move to the time that it has changes nothing. One of a group that has closed cannot be put off to a time to come.</summary>
internal static class MoveSession
{
    /// <param name="StartsOn">Local date in the meeting's zone.</param>
    /// <param name="StartTime">Local time in the meeting's zone.</param>
    /// <param name="DurationMinutes">As before where not given.</param>
    public sealed record Command(DateOnly? StartsOn, TimeOnly? StartTime, int? DurationMinutes) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid SessionId { get; init; }
    }

    public sealed record Response(Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.StartsOn).NotNull().WithMessage("Must be a date, such as '2026-05-04'.").WithinCalendar();
            RuleFor(c => c.StartTime).NotNull().WithMessage("Must be a local time, such as '19:00'.");
            RuleFor(c => c.DurationMinutes).InclusiveBetween(1, Meeting.MaxMinutes).WithMessage($"Must be from 1 to {Meeting.MaxMinutes} minutes.");
        }
    }

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockCalendarOfSession(request.SessionId);
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId, cancellationToken);
            if (session is null)
            {
                return new SessionNotFound();
            }

            if (session.Status != SessionStatus.Scheduled)
            {
                return new SessionNotScheduled(session.Status);
            }

            var meeting = await db.Meetings.Where(m => m.Id == session.MeetingId)
                .Select(m => new { m.TimeZone, HasEnded = db.Groups.Any(g => g.Id == session.GroupId && g.Status == GroupStatus.Closed) }).SingleAsync(cancellationToken);
            var startsAt = LocalTimes.ToInstant(request.StartsOn!.Value, request.StartTime!.Value, meeting.TimeZone);
            if (meeting.HasEnded && startsAt > clock.GetUtcNow())
            {
                return new GroupIsClosed();
            }

            var duration = request.DurationMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : session.EndsAt - session.StartsAt;
            if (session.Move(startsAt, startsAt + duration, meeting.TimeZone) is { } moved)
            {
                outbox.Publish(moved);
            }

            return new Response(session.Id, session.StartsAt, session.EndsAt);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sessions/{sessionId:guid}/move", (Guid sessionId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { SessionId = sessionId }, cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.ManageSessions);
}
