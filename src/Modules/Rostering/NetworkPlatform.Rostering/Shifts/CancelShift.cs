using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Cancels a shift that stands alone, and every sign-up for it. Those of a session go with the session.</summary>
internal static class CancelShift
{
    public sealed record Command(string? Reason) : ICommand<Done>, IReasoned
    {
        [JsonIgnore]
        public Guid ShiftId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).OptionalText(SignUp.ReasonLength);
    }

    internal sealed class Handler(RosteringDbContext db, ShiftCancelling cancelling) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var shift = await db.Shifts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.ShiftId, cancellationToken);
            switch (shift)
            {
                case null:
                    return new ShiftNotFound();
                case { Status: ShiftStatus.Cancelled }:
                    return new ShiftIsCancelled();
                case { Role: var role } when !role.StandsAlone():
                    return new ShiftBelongsToSession();
            }

            var id = shift.Id;
            await cancelling.Cancel(s => s.Id == id, request.Reason ?? "The shift was cancelled.", cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts/{shiftId:guid}/cancel", (Guid shiftId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(Reason: null)) with { ShiftId = shiftId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageShifts);
}
