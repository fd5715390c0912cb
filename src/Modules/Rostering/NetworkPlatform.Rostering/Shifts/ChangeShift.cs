using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Changes a shift's places or gives it terms of its own. Places that are added go to the waitlist first.</summary>
internal static class ChangeShift
{
    /// <param name="Terms">In place of those that it has; null leaves them.</param>
    public sealed record Command(int? Places, ShiftTerms? Terms) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid ShiftId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Places).InclusiveBetween(1, CreateShift.MostPlaces).WithMessage($"Must be from 1 to {CreateShift.MostPlaces}.");
            RuleFor(c => c.Terms!).SetValidator(new ShiftTerms.Validator()).When(c => c.Terms is not null);
        }
    }

    internal sealed class Handler(RosteringDbContext db, Waitlist waitlist, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockShift(request.ShiftId);
            var shift = await db.Shifts.SingleOrDefaultAsync(s => s.Id == request.ShiftId, cancellationToken);
            switch (shift)
            {
                case null:
                    return new ShiftNotFound();
                case { Version: var version } when version != request.Version:
                    return new StaleVersion();
                case { Status: ShiftStatus.Cancelled }:
                    return new ShiftIsCancelled();
                case { Taken: var taken } when request.Places < taken:
                    return new PlacesTaken(taken);
                case { Experienced: 0, Taken: > 0 and var taken } when request.Places == taken && taken < shift.Places && (request.Terms ?? shift.Terms) is { NoFirstTimersAlone: true }:
                    return new FirstTimersAlone();
            }

            shift.Terms = request.Terms ?? shift.Terms;
            shift.HasOwnTerms |= request.Terms is not null;
            if (request.Places is { } places && places != shift.Places)
            {
                shift.Places = places;
                if (shift.SessionId is { } session)
                {
                    outbox.Publish(new PlacesOpened(shift.Id, session, places, shift.Version + 1));
                }
            }

            await waitlist.OfferFreePlaces(shift, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/shifts/{shiftId:guid}", (Guid shiftId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ShiftId = shiftId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageShifts);
}
