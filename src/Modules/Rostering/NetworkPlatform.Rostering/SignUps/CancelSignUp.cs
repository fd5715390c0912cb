using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Gives a place back, or leaves the waitlist. A place given back goes to the waitlist's first who may take it.</summary>
internal static class CancelSignUp
{
    public sealed record Command(string? Reason) : ICommand<Done>
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

            var wasConfirmed = signUp.Status == SignUpStatus.Confirmed;
            if (wasConfirmed)
            {
                await db.Shifts.ReleasePlace(signUp.ShiftId, cancellationToken);
                await db.Commitments.Where(c => c.Id == signUp.Id).ExecuteDeleteAsync(cancellationToken);
            }

            signUp.Cancel(request.Reason);
            var sessionId = await db.Shifts.Where(s => s.Id == signUp.ShiftId).Select(s => s.SessionId).SingleAsync(cancellationToken);
            outbox.Publish(new SignUpCancelled(signUp.Id, signUp.ShiftId, sessionId, signUp.VolunteerId, wasConfirmed));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/cancel", (Guid signUpId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(Reason: null)) with { SignUpId = signUpId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageSignUps);
}
