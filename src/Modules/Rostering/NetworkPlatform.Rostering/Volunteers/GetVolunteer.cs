using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>One volunteer.</summary>
internal static class GetVolunteer
{
    [AuditedRead("contact")]
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    /// <param name="MaxShiftsPerWeek">As many as they would like to take.</param>
    /// <param name="Note">What a coordinator should keep in mind.</param>
    public sealed record Wishes(int? MaxShiftsPerWeek, string? Note);

    /// <param name="TimeZone">IANA zone in which they plan their days.</param>
    /// <param name="Chapters">Those that they help; none for whichever.</param>
    /// <param name="Roles">Those that they may take; none for every one.</param>
    /// <param name="CountedOverNetwork">Whether their load is counted in all tenants of the network, or in this one alone.</param>
    public sealed record Response(
        Guid Id, string Name, string Email, IReadOnlyList<string> Languages, string? Phone, string TimeZone, IReadOnlyList<Guid> Chapters, IReadOnlyList<string> Roles, Wishes Preferences,
        bool CountedOverNetwork, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RosteringDbContext db, Caller caller, TenantContext tenant) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var zone = tenant.Tenant.TimeZone;
            var volunteer = await db.Volunteers.WithinReachOf(caller)
                .Where(v => v.Id == request.VolunteerId)
                .Select(v => new Response(
                    v.Id, v.Name, v.Email, v.Languages, v.Phone, v.TimeZone ?? zone, v.Chapters, v.Roles, new Wishes(v.MaxShiftsPerWeek, v.Note), !v.CountedHereOnly, v.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return volunteer is null ? new VolunteerNotFound() : volunteer;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
