namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Registers a volunteer with the current tenant. Somebody whom another tenant of the network knows by the same e-mail address is the same person to the limits, and to nothing else.</summary>
internal static class RegisterVolunteer
{
    /// <param name="Languages">BCP 47 tags.</param>
    public sealed record Command(string Name, string Email, IReadOnlyList<string>? Languages) : ICommand<Response>;

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

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var key = NetworkVolunteer.KeyOf(request.Email);

            // Whoever erases another tenant with the same person waits, or has taken the row away.
            db.LockAhead("rostering.network_volunteers", $"network_id = {db.NetworkId} AND email_key = {key}");
            var person = await db.NetworkVolunteers.AsNoTracking().SingleOrDefaultAsync(p => p.EmailKey == key, cancellationToken);
            if (person is null)
            {
                person = new NetworkVolunteer { EmailKey = key };
                db.Add(person);
            }
            else if (await db.Volunteers.Where(v => v.PersonId == person.Id).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken) is { } registered)
            {
                return new VolunteerAlreadyRegistered(registered);
            }

            var volunteer = new Volunteer { PersonId = person.Id, Name = request.Name.Trim(), Email = request.Email.Trim(), Languages = [.. request.Languages ?? []] };
            db.Add(volunteer);
            return new Response(volunteer.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/volunteers", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/volunteers/{r.Id}"))
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
