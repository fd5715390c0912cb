using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>What a volunteer wants to be told by mail, and when.</summary>
internal static class GetNotificationPreferences
{
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    /// <param name="OptedOut">Kinds that they do not want.</param>
    /// <param name="TimeZone">IANA zone of the times: the volunteer's own.</param>
    public sealed record Response(
        IReadOnlyList<string> OptedOut, bool DailyDigest, TimeOnly DigestAt, TimeOnly? QuietFrom, TimeOnly? QuietUntil, int ReminderHours, string TimeZone, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RosteringDbContext db, Caller caller, TenantContext tenant) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await db.Volunteers.WithinReachOf(caller).Where(v => v.Id == request.VolunteerId)
                .Select(v => new { v.TimeZone, Said = db.NotificationPreferences.SingleOrDefault(p => p.VolunteerId == v.Id) })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null)
            {
                return new VolunteerNotFound();
            }

            var said = found.Said ?? new NotificationPreferences { VolunteerId = request.VolunteerId };
            return new Response(
                said.OptedOut, said.DailyDigest, said.DigestAt, said.QuietFrom, said.QuietUntil, said.ReminderHours, found.TimeZone ?? tenant.Tenant.TimeZone, found.Said?.Version ?? 0);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/notification-preferences", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
