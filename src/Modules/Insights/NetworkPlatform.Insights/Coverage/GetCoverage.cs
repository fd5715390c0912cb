using NetworkPlatform.Insights.Periods;
using NetworkPlatform.Insights.Sessions;

namespace NetworkPlatform.Insights.Coverage;

/// <summary>How well the shifts of the sessions that start in a period are covered; without one, of the next eight weeks from today on.</summary>
internal static class GetCoverage
{
    private const int UsualWeeks = 8;

    public sealed record Query(string? From, string? To) : IQuery<Response>;

    /// <param name="Sessions">Not cancelled.</param>
    /// <param name="Shifts">Of those sessions, in all roles.</param>
    /// <param name="Confirmed">Confirmed sign-ups.</param>
    /// <param name="Uncovered">Shifts without any confirmed sign-up.</param>
    /// <param name="Open">Places without anybody.</param>
    /// <param name="Cancelled">Sessions that would have started in the period.</param>
    public sealed record Response(
        DateTimeOffset From, DateTimeOffset To, int Sessions, int Shifts, int Places, int Confirmed, int Uncovered, int Open, int Cancelled);

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var calendar = LocalCalendar.Of(current.Tenant);
            var usual = UsualPeriod.WeeksAhead(UsualWeeks, calendar.DateOf(clock.GetUtcNow()));
            var period = Period.Read(request.From, request.To, usual, calendar);
            if (!period.IsSuccess)
            {
                return period.Error;
            }

            var (from, to) = period.Value;
            var within = db.Sessions.Where(s => s.StartsAt >= from && s.StartsAt < to);
            var sessions = await within.CountAsync(s => !s.IsCancelled, cancellationToken);
            var cancelled = await within.CountAsync(s => s.IsCancelled, cancellationToken);
            var totals = CoverageTotals.Of(await ShiftsOf(within.Where(s => !s.IsCancelled)).ToListAsync(cancellationToken));
            return new Response(from, to, sessions, totals.Shifts, totals.Places, totals.Confirmed, totals.Uncovered, totals.Open, cancelled);
        }

        private IQueryable<AlikeShifts> ShiftsOf(IQueryable<SessionFact> sessions) => db.Shifts
            .Where(f => sessions.Any(s => s.Id == f.SessionId))
            .LeftJoin(
                db.SignUps.Where(u => u.Status == SignUpStatus.Confirmed),
                f => f.Id,
                u => u.ShiftId,
                (f, u) => new { f.Id, f.Places, Confirmed = u == null ? 0 : 1 })
            .GroupBy(f => new { f.Id, f.Places })
            .Select(g => new { g.Key.Places, Confirmed = g.Sum(f => f.Confirmed) })
            .GroupBy(f => new { f.Places, f.Confirmed })
            .Select(g => new AlikeShifts(g.Key.Places, g.Key.Confirmed, g.Count()));
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/insights/coverage", (string? from, string? to, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to), cancellationToken).ToOk())
        .RequirePermission(InsightsPermissions.Read);
}
