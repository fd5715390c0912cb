using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Registers a volunteer with the current tenant. Somebody whom another tenant of the network knows by the same e-mail address is the same person to the limits, and to nothing else; who has
/// not consented to that is counted within the tenant alone.
/// </summary>
internal static class RegisterVolunteer
{
    /// <param name="Languages">BCP 47 tags, the one for mails first.</param>
    /// <param name="NetworkConsent">Whether they have agreed to be counted over the network. Who registers states it by saying nothing, too.</param>
    public sealed record Command(string Name, string Email, IReadOnlyList<string>? Languages, bool NetworkConsent = true) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(Volunteer.NameLength);
            RuleFor(c => c.Email).Email();
            RuleFor(c => c.Languages).Languages();
        }
    }

    internal sealed class Handler(RosteringDbContext db, IIdentityQueries identity, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var people = await db.FindPeople([request.Email], cancellationToken);
            var known = people.Values.Select(p => p.Id).ToList();
            if (known.Count > 0 && await db.Volunteers.Where(v => known.Contains(v.PersonId)).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellationToken) is { } registered)
            {
                return new VolunteerAlreadyRegistered(registered);
            }

            var volunteer = new Volunteer
            {
                PersonId = db.PersonOf(people, request.Email, request.NetworkConsent).Id,
                CountedHereOnly = !request.NetworkConsent,
                Name = request.Name.Trim(),
                Email = request.Email.Trim(),
                Languages = [.. request.Languages ?? []],
            };
            await db.LinkMembers(identity, [volunteer], cancellationToken);
            db.Add(volunteer);
            db.Add(NetworkConsent.AtRegistration(volunteer, "Stated at registration", caller.Subject, clock.GetUtcNow()));
            return new Response(volunteer.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/volunteers", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/volunteers/{r.Id}"))
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
