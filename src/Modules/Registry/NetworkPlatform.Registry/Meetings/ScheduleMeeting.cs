using System.Text.Json.Serialization;
using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Venues;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Gives a group a recurring meeting and puts its sessions of the next weeks on the calendar.</summary>
internal static class ScheduleMeeting
{
    /// <param name="StartsOn">First local date.</param>
    /// <param name="StartTime">Local time in <paramref name="TimeZone"/>, an IANA name.</param>
    /// <param name="Recurrence">RFC 5545 RRULE with FREQ=DAILY, WEEKLY or MONTHLY.</param>
    /// <param name="Facilitators">How many are needed; 2 where not given, since nobody should facilitate alone.</param>
    /// <param name="Intensity">1 light, 2 moderate, 3 demanding; 1 where not given.</param>
    public sealed record Command(
        Guid? VenueId, string? ConferenceUrl, DateOnly? StartsOn, TimeOnly? StartTime, int DurationMinutes, string TimeZone, string Recurrence,
        int? Facilitators, int? Intensity) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid GroupId { get; init; }
    }

    /// <param name="Sessions">How many sessions were put on the calendar.</param>
    public sealed record Response(Guid Id, int Sessions);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ConferenceUrl).OptionalText(Meeting.UrlLength)
                .Must(url => url is null || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")).WithMessage("Must be an http or https address.");
            RuleFor(c => c.StartsOn).NotNull().WithMessage("Must be a date, such as '2026-05-04'.");
            RuleFor(c => c.StartTime).NotNull().WithMessage("Must be a local time, such as '19:00'.");
            RuleFor(c => c.DurationMinutes).InclusiveBetween(1, Meeting.MaxMinutes).WithMessage($"Must be from 1 to {Meeting.MaxMinutes} minutes.");
            RuleFor(c => c.TimeZone).IanaTimeZone();
            RuleFor(c => c.Recurrence).Text(Meeting.RecurrenceLength).Custom((rule, context) =>
            {
                if (rule is not null && !Meetings.Recurrence.TryParse(rule, out _, out var problem))
                {
                    context.AddFailure(problem);
                }
            });
            RuleFor(c => c.Facilitators).InclusiveBetween(1, Meeting.MaxFacilitators).WithMessage($"Must be from 1 to {Meeting.MaxFacilitators}.");
            RuleFor(c => c.Intensity).InclusiveBetween(1, 3).WithMessage("Must be 1 (light), 2 (moderate) or 3 (demanding).");
        }
    }

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockCalendarOf(request.GroupId);
            var group = await db.Groups.SingleOrDefaultAsync(g => g.Id == request.GroupId, cancellationToken);
            if (group is null)
            {
                return new GroupNotFound();
            }

            if (group.Status == GroupStatus.Closed)
            {
                return new GroupIsClosed();
            }

            if (request.VenueId is { } venueId && !await db.Venues.AnyAsync(v => v.Id == venueId, cancellationToken))
            {
                return new VenueNotFound();
            }

            var meeting = new Meeting
            {
                GroupId = group.Id,
                ChapterId = group.ChapterId,
                Name = group.Name,
                VenueId = request.VenueId,
                ConferenceUrl = request.ConferenceUrl,
                Facilitators = request.Facilitators ?? 2,
                Intensity = request.Intensity ?? 1,
                Timetable = new Timetable(request.StartsOn!.Value, request.StartTime!.Value, request.DurationMinutes, request.TimeZone, request.Recurrence),
            };
            var sessions = meeting.ExtendTo(clock.GetUtcNow());
            db.Add(meeting);
            db.AddRange(sessions);
            db.Update(group); // what is shown of it is another from now on, and so is its version
            foreach (var session in sessions)
            {
                outbox.Publish(meeting.Announce(session, group.Name));
            }

            return new Response(meeting.Id, sessions.Count);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/groups/{groupId:guid}/meetings", (Guid groupId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { GroupId = groupId }, cancellationToken).ToCreated(_ => $"/groups/{groupId}"))
        .RequirePermission(RegistryPermissions.ManageGroups);
}
