using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Standing;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Opens a shift of a further role at a session, and gives places to those who have taken the series, or one that stands alone: training, supervision, debrief, outreach.</summary>
internal static class CreateShift
{
    internal const int MostPlaces = 100;

    /// <param name="SessionId">The session whose time and chapter it has; null for one that stands alone.</param>
    /// <param name="TimeZone">IANA name; the chapter's where not given.</param>
    /// <param name="Intensity">1 light (where not given), 2 moderate, 3 demanding.</param>
    /// <param name="Terms">The role's where not given.</param>
    public sealed record Command(
        ShiftRole? Role, Guid? SessionId, Guid? ChapterId, string? Title, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? TimeZone, int Places, int? Intensity, ShiftTerms? Terms)
        : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            const string TheSessions = "Comes from the session; leave it out.";
            RuleFor(c => c.Role).NotNull().WithMessage("Must be the shift's role.");
            RuleFor(c => c.Places).InclusiveBetween(1, MostPlaces).WithMessage($"Must be from 1 to {MostPlaces}.");
            RuleFor(c => c.Intensity).InclusiveBetween(1, 3).WithMessage("Must be from 1 to 3.");
            RuleFor(c => c.Terms!).SetValidator(new ShiftTerms.Validator()).When(c => c.Terms is not null);
            When(c => c.SessionId is not null, () =>
            {
                RuleFor(c => c.Role).Must(role => role is null || !role.Value.StandsAlone()).WithMessage($"At a session it must be {ShiftRoles.AtSessions}.");
                RuleFor(c => c.ChapterId).Null().WithMessage(TheSessions);
                RuleFor(c => c.Title).Null().WithMessage(TheSessions);
                RuleFor(c => c.StartsAt).Null().WithMessage(TheSessions);
                RuleFor(c => c.EndsAt).Null().WithMessage(TheSessions);
                RuleFor(c => c.TimeZone).Null().WithMessage(TheSessions);
            }).Otherwise(() =>
            {
                RuleFor(c => c.Role).Must(role => role is null || role.Value.StandsAlone()).WithMessage("Without a session it must be 'training', 'supervision', 'debrief' or 'outreach'.");
                RuleFor(c => c.ChapterId).NotEmpty().WithMessage("Must be a chapter's id.");
                RuleFor(c => c.Title!).Text(Shift.TitleLength);
                RuleFor(c => c.StartsAt).NotNull().WithMessage("Must be an instant, such as '2026-05-04T18:00:00Z'.").WithinCalendar();
                RuleFor(c => c.EndsAt).Must((c, end) => end > c.StartsAt && end.Value - c.StartsAt <= TimeSpan.FromDays(1)).WithMessage("Must be later than startsAt, by 24 hours at most.");
                RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            });
        }
    }

    internal sealed class Handler(RosteringDbContext db, StandingPlaces standing, ITenancyQueries tenancy, Outbox outbox) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var role = request.Role!.Value;
            var terms = request.Terms ?? (await db.RoleTerms.AsNoTracking().SingleOrDefaultAsync(r => r.Role == role, cancellationToken))?.Terms;
            var shift = request.SessionId is { } sessionId ? await AtSession(sessionId, request, terms, cancellationToken) : await Alone(request, terms, cancellationToken);
            if (!shift.IsSuccess)
            {
                return shift.Error;
            }

            shift.Value.HasOwnTerms = request.Terms is not null;
            db.Add(shift.Value);
            if (shift.Value.SessionId is { } session)
            {
                outbox.Publish(new PlacesOpened(shift.Value.Id, session, shift.Value.Places, shift.Value.Version));
                await standing.Give(shift.Value, cancellationToken);
            }

            return new Response(shift.Value.Id);
        }

        private async Task<Result<Shift>> AtSession(Guid sessionId, Command request, ShiftTerms? terms, CancellationToken cancellationToken)
        {
            // Who cancels or moves the session meanwhile waits, and finds the new shift, or has done it before.
            var ofSession = db.Shifts.AsNoTracking().Where(s => s.SessionId == sessionId).OrderBy(s => s.Id);
            db.LockShift(await ofSession.Select(s => s.Id).FirstOrDefaultAsync(cancellationToken));
            var first = await ofSession.FirstOrDefaultAsync(cancellationToken);
            switch (first)
            {
                case null:
                    return new SessionNotFound();
                case { Status: ShiftStatus.Cancelled }:
                    return new ShiftIsCancelled();
            }

            return new Shift
            {
                SessionId = sessionId,
                MeetingId = first.MeetingId,
                GroupId = first.GroupId,
                ChapterId = first.ChapterId,
                Title = first.Title,
                Role = request.Role!.Value,
                StartsAt = first.StartsAt,
                EndsAt = first.EndsAt,
                TimeZone = first.TimeZone,
                Places = request.Places,
                Intensity = request.Intensity ?? 1,
                SessionRevision = first.SessionRevision,
                GroupRevision = first.GroupRevision,
                Terms = terms,
            };
        }

        private async Task<Result<Shift>> Alone(Command request, ShiftTerms? terms, CancellationToken cancellationToken) =>
            (await tenancy.GetChapters([request.ChapterId!.Value], cancellationToken)) is not [var chapter]
                ? new ChapterNotFound(request.ChapterId.Value)
                : new Shift
                {
                    SessionId = null,
                    GroupId = null,
                    ChapterId = chapter.Id,
                    Title = request.Title!.Trim(),
                    Role = request.Role!.Value,
                    StartsAt = request.StartsAt!.Value,
                    EndsAt = request.EndsAt!.Value,
                    TimeZone = request.TimeZone ?? chapter.TimeZone,
                    Places = request.Places,
                    Intensity = request.Intensity ?? 1,
                    Terms = terms,
                };
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/shifts/{r.Id}"))
        .RequirePermission(RosteringPermissions.ManageShifts);
}
