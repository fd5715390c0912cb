using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Records that a volunteer was trained or checked, in place of an earlier record of the same code.</summary>
internal static class GrantQualification
{
    /// <param name="Code">For example background-check.</param>
    /// <param name="ExpiresOn">The last day on which it holds; null for ever.</param>
    public sealed record Command(string Code, DateOnly? IssuedOn, DateOnly? ExpiresOn) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }
    }

    public sealed record Response(string Code, DateOnly IssuedOn, DateOnly? ExpiresOn);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Code).Must(ShiftTerms.IsCode).WithMessage("Must be a code of lower-case letters, digits and single hyphens, such as 'background-check'.");
            RuleFor(c => c.IssuedOn).NotNull().WithMessage("Must be a date, such as '2026-05-04'.");
            RuleFor(c => c.ExpiresOn).Must((c, expires) => expires is null || c.IssuedOn is null || expires >= c.IssuedOn).WithMessage("Must not be before issuedOn.");
        }
    }

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            var granted = new Qualification(request.Code, request.IssuedOn!.Value, request.ExpiresOn);
            var qualifications = volunteer.Qualifications.With(granted);
            if (qualifications.All.Count > Qualifications.Most)
            {
                return Invalid.Field("code", $"A volunteer may hold at most {Qualifications.Most} qualifications.");
            }

            volunteer.Qualifications = qualifications;
            return new Response(granted.Code, granted.IssuedOn, granted.ExpiresOn);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/volunteers/{volunteerId:guid}/qualifications", (Guid volunteerId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId }, cancellationToken).ToCreated(_ => $"/volunteers/{volunteerId}/qualifications"))
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
