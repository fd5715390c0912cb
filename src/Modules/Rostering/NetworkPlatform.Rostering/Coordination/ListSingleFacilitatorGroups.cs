using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Coordination;

/// <summary>Groups that hang on one person: all sessions of the last eight weeks and the next four were or are led by the same volunteer, or by nobody, and there are some to come. SMART: most groups end when their only facilitator steps back.</summary>
internal static class ListSingleFacilitatorGroups
{
    private const int WeeksBack = 8;
    private const int WeeksAhead = 4;

    public sealed record Query(Guid? ChapterId) : IQuery<Response>;

    /// <param name="VolunteerId">The one; null where there is nobody.</param>
    public sealed record Item(Guid GroupId, Guid ChapterId, string Title, int Sessions, Guid? VolunteerId);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Handler(RosteringDbContext db, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var (from, to) = (now.AddDays(-7 * WeeksBack), now.AddDays(7 * WeeksAhead));
            var shifts = db.Shifts.Where(s => s.StartsAt > from && s.StartsAt < to && s.Status == ShiftStatus.Open && s.GroupId != null
                && (s.Role == ShiftRole.Facilitator || s.Role == ShiftRole.CoFacilitator) && (request.ChapterId == null || s.ChapterId == request.ChapterId));
            var groups = await shifts.GroupBy(s => new { GroupId = s.GroupId!.Value, s.ChapterId })
                .Select(g => new { g.Key.GroupId, g.Key.ChapterId, Title = g.Max(s => s.Title)!, Sessions = g.Select(s => s.SessionId).Distinct().Count(), Last = g.Max(s => s.StartsAt) })
                .Where(g => g.Last > now)
                .ToListAsync(cancellationToken);
            var leaders = await (
                from signUp in db.SignUps
                join shift in shifts on signUp.ShiftId equals shift.Id
                join volunteer in db.Volunteers on signUp.VolunteerId equals volunteer.Id // not those erased
                where signUp.Status == SignUpStatus.Confirmed || signUp.Status == SignUpStatus.Attended
                select new { GroupId = shift.GroupId!.Value, signUp.VolunteerId }).Distinct().ToListAsync(cancellationToken);
            var byGroup = leaders.ToLookup(l => l.GroupId, l => l.VolunteerId);
            return new Response([.. groups
                .Where(g => byGroup[g.GroupId].Count() < 2)
                .OrderBy(g => byGroup[g.GroupId].Count()).ThenByDescending(g => g.Sessions).ThenBy(g => g.GroupId)
                .Select(g => new Item(g.GroupId, g.ChapterId, g.Title, g.Sessions, byGroup[g.GroupId].Select(v => (Guid?)v).SingleOrDefault()))]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/coordination/single-facilitator-groups", (Guid? chapterId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
