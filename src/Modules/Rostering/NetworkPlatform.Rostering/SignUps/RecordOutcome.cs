using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Records how a volunteer's shift ended. Only time actually given goes on counting against their limits, and only who came keeps the place: somebody else may have stood in.</summary>
internal static class RecordOutcome
{
    private const int MaxMinutes = 24 * 60;

    public enum Ending
    {
        Attended,
        Excused,
        NoShow,
    }

    /// <param name="Minutes">Time given; the shift's length where not given.</param>
    /// <param name="Critical">Something happened that needs a debrief.</param>
    public sealed record Command(Ending? Outcome, int? Minutes, bool Critical = false) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid SignUpId { get; init; }
    }

    public sealed record Response(Guid Id, SignUpStatus Status, int Minutes);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Outcome).NotNull().WithMessage("Must be 'attended', 'excused' or 'no-show'.");
            RuleFor(c => c.Minutes).InclusiveBetween(1, MaxMinutes).When(c => c.Outcome == Ending.Attended).WithMessage($"Must be from 1 to {MaxMinutes}.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Outbox outbox, AtRestEncryption encryption, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.LockShiftOf(request.SignUpId, cancellationToken);
            var signUp = await db.SignUps.SingleOrDefaultAsync(s => s.Id == request.SignUpId, cancellationToken);
            if (signUp is null)
            {
                return new SignUpNotFound();
            }

            if (signUp.Status != SignUpStatus.Confirmed)
            {
                return new SignUpNotConfirmed(signUp.Status);
            }

            var shift = await db.Shifts.SingleAsync(s => s.Id == signUp.ShiftId, cancellationToken);
            if (shift.StartsAt > clock.GetUtcNow())
            {
                return new ShiftNotStarted(shift.StartsAt);
            }

            var attended = request.Outcome == Ending.Attended;
            var minutes = attended ? request.Minutes ?? (int)(shift.EndsAt - shift.StartsAt).TotalMinutes : 0;
            var commitment = await db.Commitments.SingleOrDefaultAsync(c => c.Id == signUp.Id, cancellationToken);
            switch (commitment)
            {
                case null:
                    // Erased since the shift: there is nobody to protect any more, but what was given counts.
                    break;
                case not null when attended:
                    commitment.EndsAt = commitment.StartsAt.AddMinutes(minutes);
                    commitment.Debrief = request.Critical ? DebriefDue.Critical : shift.Role.StandsAlone() ? DebriefDue.No : DebriefDue.Usual;
                    if (!shift.Role.StandsAlone())
                    {
                        await db.Volunteers.Where(v => v.Id == signUp.VolunteerId).ExecuteUpdateAsync(set => set.SetProperty(v => v.SessionsAttended, v => v.SessionsAttended + 1), cancellationToken);
                    }

                    break;
                default:
                    db.Remove(commitment);
                    break;
            }

            if (!attended)
            {
                shift.ReleasePlace(signUp.Experienced);
            }

            signUp.Complete(
                request.Outcome switch { Ending.Attended => SignUpStatus.Attended, Ending.Excused => SignUpStatus.Excused, _ => SignUpStatus.NoShow },
                minutes,
                attended && request.Critical && commitment is not null);
            await swaps.EndThoseOf([signUp.Id], cancellationToken);
            if (signUp.Critical)
            {
                outbox.Publish(new DebriefNeeded(signUp.Id, shift.Id, signUp.VolunteerId, shift.ChapterId));
            }

            var volunteer = commitment is null ? encryption.StandInFor(signUp.VolunteerId) : signUp.VolunteerId;
            outbox.Publish(new ShiftCompleted(
                signUp.Id, shift.Id, shift.SessionId, shift.GroupId, shift.ChapterId, volunteer, shift.StartsAt, minutes, attended, EnumNames<SignUpStatus>.Of(signUp.Status)));
            return new Response(signUp.Id, signUp.Status, minutes);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/attendance", (Guid signUpId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { SignUpId = signUpId }, cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ManageSignUps);
}
