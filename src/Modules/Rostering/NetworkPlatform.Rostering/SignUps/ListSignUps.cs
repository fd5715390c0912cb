using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>A volunteer's sign-ups, newest first.</summary>
internal static class ListSignUps
{
    public sealed record Query(Guid VolunteerId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid ShiftId, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, SignUpStatus Status, int? Minutes);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var before = request.Paging.After<Guid?>();
            var signUps = await db.SignUps
                .Where(s => s.VolunteerId == request.VolunteerId && (before == null || s.Id < before))
                .OrderByDescending(s => s.Id)
                .Take(request.Paging.Limit + 1)
                .Join(db.Shifts, s => s.ShiftId, shift => shift.Id, (s, shift) => new Item(s.Id, s.ShiftId, shift.Title, shift.StartsAt, shift.EndsAt, shift.TimeZone, s.Status, s.Minutes))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage([.. signUps.OrderByDescending(s => s.Id)], s => s.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/signups", (Guid volunteerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
