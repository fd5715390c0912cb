using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Availability;

/// <summary>What a volunteer has said about when they can help. Who has said nothing is there at any time.</summary>
internal static class GetAvailability
{
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    /// <param name="TimeZone">IANA zone of the hours and dates: the volunteer's own.</param>
    public sealed record Response(
        string TimeZone, IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<DateException> Exceptions, IReadOnlyList<TimeOff> TimeOff, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RosteringDbContext db, Caller caller, TenantContext tenant) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await (
                from volunteer in db.Volunteers.WithinReachOf(caller)
                where volunteer.Id == request.VolunteerId
                join availability in db.Availabilities on volunteer.Id equals availability.VolunteerId into said
                from availability in said.DefaultIfEmpty()
                select new { volunteer.TimeZone, Pattern = (string?)availability.Pattern, Version = (int?)availability.Version }).SingleOrDefaultAsync(cancellationToken);
            if (found is null)
            {
                return new VolunteerNotFound();
            }

            var pattern = VolunteerAvailability.Read(found.Pattern);
            return new Response(found.TimeZone ?? tenant.Tenant.TimeZone, pattern.Weekly, pattern.Exceptions, pattern.TimeOff, found.Version ?? 0);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/availability", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
