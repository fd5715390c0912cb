using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.Coordination;

/// <summary>Shifts of the next weeks that lack people, the most urgent first: the nearer the start and the more that is missing.</summary>
internal static class ListGaps
{
    private const int UsualWeeks = 4;
    private const int MostWeeks = 26;
    private const int MostListed = 200;

    public sealed record Query(int? Weeks, Guid? ChapterId) : IQuery<Response>;

    /// <param name="Missing">Places that nobody has taken.</param>
    /// <param name="Facilitators">People in leading roles at the session so far.</param>
    /// <param name="BelowMinimum">Whether that is fewer than the burnout policy's facilitators-per-session.</param>
    /// <param name="Urgency">Share of the places that is missing, by days left: 1 for an empty shift that starts now.</param>
    public sealed record Item(
        Guid ShiftId, Guid? SessionId, Guid? GroupId, Guid ChapterId, string Title, ShiftRole Role, DateTimeOffset StartsAt, string TimeZone, int Places, int Missing, int Facilitators,
        bool BelowMinimum, decimal Urgency);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Weeks).InclusiveBetween(1, MostWeeks).WithMessage($"Must be from 1 to {MostWeeks}.");
    }

    internal sealed class Handler(RosteringDbContext db, PolicySets policies, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var until = now.AddDays(7 * (request.Weeks ?? UsualWeeks));
            var shifts = await db.Shifts.AsNoTracking()
                .Where(s => s.StartsAt > now && s.StartsAt < until && s.Status == ShiftStatus.Open && (request.ChapterId == null || s.ChapterId == request.ChapterId))
                .ToListAsync(cancellationToken);
            var leading = shifts.Where(s => s.SessionId is not null && s.Role.Leads()).GroupBy(s => s.SessionId!.Value).ToDictionary(g => g.Key, g => g.Sum(s => s.Taken));
            var set = await policies.Newest(cancellationToken);
            return new Response([.. shifts
                .Select(s => Judge(s, s.SessionId is { } session ? leading.GetValueOrDefault(session) : s.Taken, set.For(s.ChapterId).FacilitatorsPerSession, now))
                .Where(i => i.Missing > 0 || i.BelowMinimum)
                .OrderByDescending(i => i.Urgency).ThenBy(i => i.StartsAt).ThenBy(i => i.ShiftId)
                .Take(MostListed)]);
        }

        private static Item Judge(Shift shift, int facilitators, Burnout.Threshold least, DateTimeOffset now)
        {
            var belowMinimum = shift.Role.Leads() && least.Below(facilitators) is not null;
            var missing = Math.Max(0, shift.Places - shift.Taken);
            var share = Math.Max((decimal)missing / shift.Places, belowMinimum && least.Refuse > 0 ? 1 - facilitators / least.Refuse.Value : 0);
            var urgency = share / (1 + (decimal)(shift.StartsAt - now).TotalDays);
            return new Item(
                shift.Id, shift.SessionId, shift.GroupId, shift.ChapterId, shift.Title, shift.Role, shift.StartsAt, shift.TimeZone, shift.Places, missing, facilitators,
                belowMinimum, decimal.Round(urgency, 4));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/coordination/gaps", (int? weeks, Guid? chapterId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(weeks, chapterId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
