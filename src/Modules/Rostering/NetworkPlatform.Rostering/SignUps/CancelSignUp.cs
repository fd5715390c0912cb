using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Gives a place back, or leaves the waitlist. A place given back goes to the waitlist's first who may take it.</summary>
internal static class CancelSignUp
{
    public sealed record Command(string? Reason) : ICommand<Done>, IReasoned
    {
        [JsonIgnore]
        public Guid SignUpId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).OptionalText(SignUp.ReasonLength);
    }

    internal sealed class Handler(RosteringDbContext db, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var signUp = await db.SignUps.SingleOrDefaultAsync(s => s.Id == request.SignUpId, cancellationToken);
            if (signUp is null)
            {
                return new SignUpNotFound();
            }

            if (signUp.Status is not (SignUpStatus.Confirmed or SignUpStatus.Waitlisted))
            {
                return new SignUpNotActive(signUp.Status);
            }

            db.LockShift(signUp.ShiftId);
            var shift = await db.Shifts.SingleAsync(s => s.Id == signUp.ShiftId, cancellationToken);
            var wasConfirmed = signUp.Status == SignUpStatus.Confirmed;
            if (wasConfirmed)
            {
                shift.ReleasePlace();
                await db.Commitments.Where(c => c.Id == signUp.Id).ExecuteDeleteAsync(cancellationToken);
            }

            signUp.Cancel(request.Reason);
            outbox.Publish(new SignUpCancelled(signUp.Id, signUp.ShiftId, shift.SessionId, signUp.VolunteerId, wasConfirmed));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/cancel", (Guid signUpId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(Reason: null)) with { SignUpId = signUpId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageSignUps);
}
