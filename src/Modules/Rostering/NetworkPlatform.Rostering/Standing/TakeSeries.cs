using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>"Every Tuesday, me": signs a volunteer up for a shift and all that follow it in its series, those open already and those opened later.</summary>
internal static class TakeSeries
{
    internal const int MostExcept = 100;

    /// <param name="VolunteerId">The caller's own record where not given.</param>
    /// <param name="EveryWeeks">1 (where not given) to 8.</param>
    /// <param name="Until">The last local date; null for no end.</param>
    /// <param name="Except">Local dates left out, such as holidays.</param>
    public sealed record Command(Guid? VolunteerId, int? EveryWeeks, DateOnly? Until, IReadOnlyList<DateOnly>? Except) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid ShiftId { get; init; }
    }

    /// <param name="Status">confirmed or waitlisted; null where the shift could not be taken.</param>
    /// <param name="Problem">What stood in the way, for example burnout-limit.</param>
    /// <param name="Detail">The same in words, with a holiday's name.</param>
    public sealed record Occurrence(Guid ShiftId, DateTimeOffset StartsAt, Guid? SignUpId, SignUpStatus? Status, string? Problem, string? Detail)
    {
        internal static Occurrence Of((Shift Shift, SignUp? SignUp, Error? Refusal) given) => new(
            given.Shift.Id, given.Shift.StartsAt, given.SignUp?.Id, given.SignUp?.Status, given.Refusal is null ? null : Error.NameOf(given.Refusal.GetType()), given.Refusal?.Detail);
    }

    public sealed record Response(Guid Id, IReadOnlyList<Occurrence> Shifts);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.EveryWeeks).InclusiveBetween(1, 8).WithMessage("Must be from 1 to 8.");
            RuleFor(c => c.Except).Must(dates => dates is null || dates.Count <= MostExcept).WithMessage($"Must be at most {MostExcept} dates.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, StandingPlaces places, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.OrOwn(request.VolunteerId, caller, cancellationToken) is not { } volunteerId)
            {
                return Reach.MustBeNamed("volunteerId");
            }

            var volunteer = await db.Volunteers.AsNoTracking().SingleOrDefaultAsync(v => v.Id == volunteerId, cancellationToken);
            if (volunteer is null || !caller.MayActFor(volunteer.AccountId))
            {
                return new VolunteerNotFound();
            }

            var first = await db.Shifts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.ShiftId, cancellationToken);
            switch (first)
            {
                case null:
                    return new ShiftNotFound();
                case { GroupId: null }:
                    return new ShiftHasNoSeries();
            }

            var (date, time) = StandingSignUp.LocalStart(first);
            var standing = new StandingSignUp
            {
                VolunteerId = volunteerId,
                MeetingId = first.MeetingId,
                GroupId = first.GroupId.Value,
                ChapterId = first.ChapterId,
                Role = first.Role,
                From = date,
                StartTime = time,
                EveryWeeks = request.EveryWeeks ?? 1,
                Until = request.Until,
                Except = new Dates(request.Except ?? []),
            };
            var shifts = await LockSeries(standing, first, cancellationToken);
            if (await FindSame(standing, cancellationToken) is { } same)
            {
                return new SeriesAlreadyTaken(same);
            }

            db.Add(standing);
            var given = await places.Give(standing, shifts, cancellationToken);
            return new Response(standing.Id, [.. given.Select(Occurrence.Of)]);
        }

        /// <summary>A series of theirs that takes the same shifts, of which one would go on were the other ended.</summary>
        private async Task<Guid?> FindSame(StandingSignUp standing, CancellationToken cancellationToken)
        {
            var theirs = await db.StandingSignUps.AsNoTracking()
                .Where(s => s.VolunteerId == standing.VolunteerId && s.GroupId == standing.GroupId && s.Role == standing.Role && s.StartTime == standing.StartTime && s.EveryWeeks == standing.EveryWeeks)
                .ToListAsync(cancellationToken);
            return theirs.Find(s => (s.From.DayNumber - standing.From.DayNumber) % (7 * s.EveryWeeks) == 0 && !(s.Until < standing.From) && !(standing.Until < s.From))?.Id;
        }

        private async Task<IReadOnlyList<Shift>> LockSeries(StandingSignUp standing, Shift first, CancellationToken cancellationToken)
        {
            var open = db.Shifts.OpenFor(standing, clock.GetUtcNow()).Where(s => s.StartsAt >= first.StartsAt);
            var ids = (await open.AsNoTracking().ToListAsync(cancellationToken)).Where(standing.Covers).Select(s => s.Id).ToList();
            db.LockShifts(ids);
            db.LockPerson(standing.VolunteerId);
            return await open.Where(s => ids.Contains(s.Id)).OrderBy(s => s.StartsAt).ToListAsync(cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts/{shiftId:guid}/standing-signups", (Guid shiftId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ShiftId = shiftId }, cancellationToken).ToCreated(r => $"/standing-signups/{r.Id}"))
        .RequirePermission(RosteringPermissions.SignUp);
}
