using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>One volunteer.</summary>
internal static class GetVolunteer
{
    [AuditedRead("contact")]
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    public sealed record Response(Guid Id, string Name, string Email, IReadOnlyList<string> Languages, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers
                .Where(v => v.Id == request.VolunteerId)
                .Select(v => new Response(v.Id, v.Name, v.Email, v.Languages, v.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return volunteer is null ? new VolunteerNotFound() : volunteer;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
