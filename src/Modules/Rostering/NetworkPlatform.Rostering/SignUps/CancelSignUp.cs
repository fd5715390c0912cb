using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Gives a place back, declines one on offer, or leaves the waitlist. A place given back is at once offered to the waitlist's first who may take it.</summary>
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

    internal sealed class Handler(RosteringDbContext db, Cancelling cancelling, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.LockShiftOf(request.SignUpId, cancellationToken);
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is null || !caller.MayActFor(found.Account))
            {
                return new SignUpNotFound();
            }

            var (signUp, shift) = (found.SignUp, found.Shift);
            if (!signUp.IsActive)
            {
                return new SignUpNotActive(signUp.Status);
            }

            if (await cancelling.FindCutOff(signUp, shift, cancellationToken) is { } tooLate)
            {
                return tooLate;
            }

            await cancelling.Cancel(signUp, shift, request.Reason, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/cancel", (Guid signUpId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(Reason: null)) with { SignUpId = signUpId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.SignUp);
}
