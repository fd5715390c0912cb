using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Says by which account a volunteer signs in, so that they can act for themselves; or, without one, that they no longer can.</summary>
internal static class LinkAccount
{
    /// <param name="AccountId">The subject of the person's tokens; null for none.</param>
    public sealed record Command(Guid? AccountId) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            if (caller.Is(volunteer.AccountId) && request.AccountId != volunteer.AccountId)
            {
                return new OwnLink();
            }

            if (request.AccountId is { } account && await db.Volunteers.AnyAsync(v => v.AccountId == account && v.Id != volunteer.Id, cancellationToken))
            {
                return new AccountAlreadyLinked();
            }

            if (volunteer.AccountId != request.AccountId)
            {
                // Whoever it was knows the address of the calendar.
                await db.CalendarFeeds.Where(f => f.VolunteerId == volunteer.Id).ExecuteDeleteAsync(cancellationToken);
            }

            volunteer.AccountId = request.AccountId;
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/account", (Guid volunteerId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}

/// <summary>Without the link an override would not be one of their own limits, which nobody makes.</summary>
internal sealed record OwnLink() : Forbidden("Somebody else has to take off the link between you and your volunteer.");

internal sealed record AccountAlreadyLinked() : Conflict("The account is another volunteer's already.");
