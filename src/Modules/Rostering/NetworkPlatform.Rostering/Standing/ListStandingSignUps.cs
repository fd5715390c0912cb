using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>Who has taken which series; volunteers see their own.</summary>
internal static class ListStandingSignUps
{
    [AuditedRead("scheduling")]
    public sealed record Query(Guid? VolunteerId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, Guid VolunteerId, Guid GroupId, Guid ChapterId, ShiftRole Role, DateOnly From, TimeOnly StartTime, int EveryWeeks, DateOnly? Until, Dates Except);

    internal sealed class Handler(RosteringDbContext db, Caller caller) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            IQueryable<StandingSignUp> standing = db.StandingSignUps;
            if (request.VolunteerId is { } volunteerId)
            {
                standing = standing.Where(s => s.VolunteerId == volunteerId);
            }

            if (!caller.May(RosteringPermissions.ActForOthers))
            {
                var own = db.Volunteers.OwnOf(caller);
                standing = standing.Where(s => own.Any(v => v.Id == s.VolunteerId));
            }

            return await standing.ToPageById(
                request.Paging, s => new Item(s.Id, s.VolunteerId, s.GroupId, s.ChapterId, s.Role, s.From, s.StartTime, s.EveryWeeks, s.Until, s.Except), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/standing-signups", (Guid? volunteerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
