using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Records that a volunteer consents to being counted over the network, or no longer does. From then on what they have taken in this tenant counts with all that they have taken in the network, or
/// within the tenant alone: past and coming shifts alike.
/// </summary>
internal static class RecordNetworkConsent
{
    /// <param name="Wording">The version of the text that they were asked with.</param>
    /// <param name="Evidence">How they have said it, where somebody else records it, such as "signed form of 3 March".</param>
    public sealed record Command(bool? Given, string Wording, string? Evidence) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Given).NotNull().WithMessage("Must be true or false.");
            RuleFor(c => c.Wording).Text(NetworkConsent.WordingLength);
            RuleFor(c => c.Evidence).OptionalText(NetworkConsent.EvidenceLength);
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Nobody decides on the person's limits while what counts towards them moves.
            db.LockPerson(request.VolunteerId);
            var volunteer = await db.Volunteers.WithinReachOf(caller).SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            var said = !string.IsNullOrWhiteSpace(request.Evidence);
            if (!said && !await db.Volunteers.OwnOf(caller).AnyAsync(v => v.Id == volunteer.Id, cancellationToken))
            {
                return Invalid.Field("evidence", "Must tell how the volunteer has said it, since it is not they who record it.");
            }

            var given = request.Given!.Value;
            if (volunteer.CountedHereOnly == given && !await db.TryCountAs(volunteer, volunteer.Email, given, cancellationToken))
            {
                return new EmailOfAnotherVolunteer();
            }

            db.Add(new NetworkConsent
            {
                VolunteerId = volunteer.Id,
                Given = given,
                Wording = request.Wording.Trim(),
                Evidence = said ? request.Evidence!.Trim() : null,
                By = caller.Subject,
                At = clock.GetUtcNow(),
            });
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/network-consent", (
            Guid volunteerId, Command command, TenantContext tenant, TenantScopes scopes, CancellationToken cancellationToken) =>

            // In a scope of its own, since what they have taken moves whole, in whatever chapters: also those that the caller does not see.
            scopes.Send(tenant.Tenant, command with { VolunteerId = volunteerId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
