using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>
/// Ends a series at a date or leaves dates out, cancels its sign-ups that no longer belong to it, and takes the open shifts that do only now. A single one is left out by cancelling its sign-up.
/// </summary>
internal static class ChangeStandingSignUp
{
    /// <param name="Until">The last local date; yesterday ends the series. Null leaves it.</param>
    /// <param name="Except">Local dates left out, in place of those so far; null leaves them.</param>
    public sealed record Command(DateOnly? Until, IReadOnlyList<DateOnly>? Except) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid StandingId { get; init; }
    }

    /// <param name="Shifts">Those that belong to it only now.</param>
    public sealed record Response(Guid Id, DateOnly? Until, IReadOnlyList<DateOnly> Except, int Cancelled, IReadOnlyList<TakeSeries.Occurrence> Shifts);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Except).Must(dates => dates is null || dates.Count <= TakeSeries.MostExcept).WithMessage($"Must be at most {TakeSeries.MostExcept} dates.");
    }

    internal sealed class Handler(RosteringDbContext db, Cancelling cancelling, StandingPlaces places, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var standing = await db.StandingSignUps.SingleOrDefaultAsync(s => s.Id == request.StandingId, cancellationToken);
            if (standing is null || !caller.MayActFor(await db.Volunteers.Where(v => v.Id == standing.VolunteerId).Select(v => v.AccountId).SingleAsync(cancellationToken)))
            {
                return new StandingSignUpNotFound();
            }

            var now = clock.GetUtcNow();
            var open = db.Shifts.OpenFor(standing, now);
            var notYet = (await open.AsNoTracking().ToListAsync(cancellationToken)).FindAll(s => !standing.Covers(s));
            standing.Until = request.Until ?? standing.Until;
            standing.Except = request.Except is null ? standing.Except : new Dates(request.Except);
            var added = notYet.FindAll(standing.Covers).ConvertAll(s => s.Id);

            var toCome =
                from signUp in db.SignUps.Active()
                join shift in db.Shifts on signUp.ShiftId equals shift.Id
                where signUp.StandingId == standing.Id && shift.StartsAt > now
                select new { SignUp = signUp, Shift = shift };
            var left = (await toCome.AsNoTracking().ToListAsync(cancellationToken)).Where(s => IsLeft(s.SignUp, s.Shift)).Select(s => s.Shift.Id).ToList();
            db.LockShifts([.. left, .. added]);
            var cancelled = await toCome.Where(s => left.Contains(s.Shift.Id)).ToListAsync(cancellationToken);
            foreach (var one in cancelled)
            {
                if (await cancelling.FindCutOff(one.SignUp, one.Shift, cancellationToken) is { } tooLate)
                {
                    return tooLate;
                }
            }

            foreach (var one in cancelled.OrderBy(s => s.Shift.Id))
            {
                await cancelling.Cancel(one.SignUp, one.Shift, "The standing sign-up was changed.", cancellationToken);
            }

            // A shift that was opened meanwhile may have been given to the series as it was before.
            db.LockPerson(standing.VolunteerId);
            if ((await toCome.AsNoTracking().ToListAsync(cancellationToken)).Exists(s => !left.Contains(s.Shift.Id) && IsLeft(s.SignUp, s.Shift)))
            {
                return new ChangedMeanwhile();
            }

            var given = await places.Give(standing, await open.Where(s => added.Contains(s.Id)).OrderBy(s => s.StartsAt).ToListAsync(cancellationToken), cancellationToken);
            return new Response(standing.Id, standing.Until, standing.Except.All, cancelled.Count, [.. given.Select(TakeSeries.Occurrence.Of)]);

            bool IsLeft(SignUp signUp, Shift shift) => signUp.StandingDate is { } date ? !standing.IsOn(date) : !standing.Covers(shift);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/standing-signups/{standingId:guid}", (Guid standingId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { StandingId = standingId }, cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.SignUp);
}
