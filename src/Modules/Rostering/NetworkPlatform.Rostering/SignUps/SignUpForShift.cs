using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>A volunteer takes a place on a facilitation shift, unless that would exceed their burnout limits. Where all places are taken they join the waitlist.</summary>
internal static class SignUpForShift
{
    public sealed record Command(Guid? VolunteerId) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid ShiftId { get; init; }
    }

    /// <param name="Status">confirmed or waitlisted.</param>
    /// <param name="Warnings">Limits that came near or were passed without being refused.</param>
    public sealed record Response(Guid Id, SignUpStatus Status, IReadOnlyList<BurnoutViolation> Warnings);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.VolunteerId).NotEmpty().WithMessage("Must be a volunteer's id.");
    }

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        // All that the decision needs in one round trip; compiled, since this is the busiest query of all.
        private static readonly Func<RosteringDbContext, Guid, Guid, Task<Candidacy?>> Find = EF.CompileAsyncQuery((RosteringDbContext db, Guid shiftId, Guid volunteerId) => (
            from shift in db.Shifts
            from volunteer in db.Volunteers
            where shift.Id == shiftId && volunteer.Id == volunteerId
            select new Candidacy(
                shift,
                volunteer.PersonId,
                db.SignUps.Where(s => s.ShiftId == shiftId && s.VolunteerId == volunteerId && s.Status != SignUpStatus.Cancelled).Select(s => (Guid?)s.Id).FirstOrDefault(),
                db.Commitments.Where(c => c.PersonId == volunteer.PersonId && c.EndsAt > shift.StartsAt.AddDays(-Commitment.DaysThatCount))
                    .Select(c => new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity)).ToList()))
            .SingleOrDefault());

        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteerId = request.VolunteerId!.Value;

            // Whoever competes, for this shift or by this person, waits here: the decision sees all that was decided before.
            db.LockShift(request.ShiftId);
            db.LockPerson(volunteerId);
            var found = await Find(db, request.ShiftId, volunteerId);
            var now = clock.GetUtcNow();
            switch (found)
            {
                case null:
                    return await db.Volunteers.AnyAsync(v => v.Id == volunteerId, cancellationToken) ? new ShiftNotFound() : new VolunteerNotFound();
                case { Mine: { } mine }:
                    return new AlreadySignedUp(mine);
                case { Shift.Status: ShiftStatus.Cancelled }:
                    return new ShiftIsCancelled();
                case { Shift: var ended } when ended.EndsAt <= now:
                    return new ShiftIsOver(ended.EndsAt);
            }

            var duty = found.Shift.ToDuty();
            var duties = await elsewhere.AddToDecide(found.Duties, found.PersonId, duty.StartsAt, cancellationToken);
            if (duties.Exists(duty.Overlaps))
            {
                return new ShiftOverlap(duty.StartsAt, duty.EndsAt);
            }

            var decision = BurnoutRules.Decide(BurnoutPolicy.Default, duties, duty);
            if (decision.IsRefused)
            {
                return new BurnoutLimit(BurnoutViolation.Of(decision), decision.EligibleAt);
            }

            var confirmed = found.Shift.TakePlace();
            var signUp = new SignUp
            {
                ShiftId = request.ShiftId,
                VolunteerId = volunteerId,
                ChapterId = found.Shift.ChapterId,
                Status = confirmed ? SignUpStatus.Confirmed : SignUpStatus.Waitlisted,
                At = now,
            };
            db.Add(signUp);
            if (confirmed)
            {
                db.Add(Commitment.Of(signUp, found.PersonId, duty));
                outbox.Publish(new VolunteerSignedUp(signUp.Id, signUp.ShiftId, found.Shift.SessionId, volunteerId, found.Shift.ChapterId));
            }

            return new Response(signUp.Id, signUp.Status, BurnoutViolation.Of(decision));
        }

        /// <param name="Mine">The volunteer's own sign-up for the shift already.</param>
        /// <param name="Duties">What else they have taken in the network.</param>
        private sealed record Candidacy(Shift Shift, Guid PersonId, Guid? Mine, List<Duty> Duties);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts/{shiftId:guid}/signups", (Guid shiftId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ShiftId = shiftId }, cancellationToken).ToCreated(r => $"/signups/{r.Id}"))
        .RequirePermission(RosteringPermissions.SignUp);
}
