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

    internal sealed class Handler(RosteringDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteerId = request.VolunteerId!.Value;

            // Two sign-ups of one person, in any tenants, wait for each other here: what follows sees all that was decided before.
            if (!await db.LockPerson(volunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var now = clock.GetUtcNow();
            var found = await db.Shifts.AsNoTracking()
                .Where(s => s.Id == request.ShiftId)
                .Select(s => new
                {
                    Shift = s,
                    PersonId = db.Volunteers.Where(v => v.Id == volunteerId).Select(v => v.PersonId).First(),
                    Mine = db.SignUps.Where(u => u.ShiftId == s.Id && u.VolunteerId == volunteerId && u.Status != SignUpStatus.Cancelled).Select(u => (Guid?)u.Id).FirstOrDefault(),
                })
                .SingleOrDefaultAsync(cancellationToken);
            switch (found)
            {
                case null:
                    return new ShiftNotFound();
                case { Mine: { } mine }:
                    return new AlreadySignedUp(mine);
                case { Shift.Status: ShiftStatus.Cancelled }:
                    return new ShiftIsCancelled();
                case { Shift: var ended } when ended.EndsAt <= now:
                    return new ShiftIsOver(ended.EndsAt);
            }

            var duty = found.Shift.ToDuty();
            var duties = await db.Commitments.DutiesAround(found.PersonId, duty.StartsAt).ToListAsync(cancellationToken);
            if (duties.Exists(d => d.StartsAt < duty.EndsAt && duty.StartsAt < d.EndsAt))
            {
                return new ShiftOverlap(duty.StartsAt, duty.EndsAt);
            }

            var decision = BurnoutRules.Decide(BurnoutPolicy.Default, duties, duty);
            if (decision.IsRefused)
            {
                return new BurnoutLimit(BurnoutViolation.Of(decision), decision.EligibleAt);
            }

            var confirmed = await db.Shifts.TakePlace(request.ShiftId, cancellationToken);
            var signUp = new SignUp
            {
                ShiftId = request.ShiftId,
                VolunteerId = volunteerId,
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
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts/{shiftId:guid}/signups", (Guid shiftId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ShiftId = shiftId }, cancellationToken).ToCreated(r => $"/signups/{r.Id}"))
        .RequirePermission(RosteringPermissions.SignUp);
}
