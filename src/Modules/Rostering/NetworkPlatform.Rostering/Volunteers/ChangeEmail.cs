using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Gives a volunteer another e-mail address. Who they are to the network follows from it, so what they have taken counts from now on with what the person of the new address has taken elsewhere.
/// </summary>
internal static class ChangeEmail
{
    public sealed record Command(string Email) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).Email();
    }

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockPerson(request.VolunteerId);
            var volunteer = await db.Volunteers.SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            return await db.TryCountAs(volunteer, request.Email, !volunteer.CountedHereOnly, cancellationToken) ? Done.Instance : new EmailOfAnotherVolunteer();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/email", (Guid volunteerId, Command command, TenantContext tenant, TenantScopes scopes, CancellationToken cancellationToken) =>

            // In a scope of its own, since what they have taken moves whole, in whatever chapters: also those that the caller does not see.
            scopes.Send(tenant.Tenant, command with { VolunteerId = volunteerId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}

internal sealed record EmailOfAnotherVolunteer() : Conflict("Another volunteer has this e-mail address.");
