using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>A volunteer's sign-ups, newest first.</summary>
internal static class ListSignUps
{
    [AuditedRead("scheduling")]
    public sealed record Query(Guid VolunteerId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid ShiftId, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, SignUpStatus Status, int? Minutes);

    internal sealed class Handler(RosteringDbContext db, Caller caller) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.Where(v => v.Id == request.VolunteerId).Select(v => new { v.AccountId }).SingleOrDefaultAsync(cancellationToken);
            if (volunteer is null || !caller.MayActFor(volunteer.AccountId))
            {
                return new VolunteerNotFound();
            }

            var before = request.Paging.After<Guid?>();
            var signUps = await (
                from signUp in db.SignUps
                join shift in db.Shifts on signUp.ShiftId equals shift.Id
                where signUp.VolunteerId == request.VolunteerId && (before == null || signUp.Id < before)
                orderby signUp.Id descending
                select new Item(signUp.Id, shift.Id, shift.Title, shift.StartsAt, shift.EndsAt, shift.TimeZone, signUp.Status, signUp.Minutes))
                .Take(request.Paging.Limit + 1)
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(signUps, s => s.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/signups", (Guid volunteerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
