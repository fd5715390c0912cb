using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Coverage;

/// <summary>How well the shifts of the sessions that start in a period are covered; without one, of the next eight weeks from today on.</summary>
internal static class GetCoverage
{
    private const int UsualWeeks = 8;

    public sealed record Query(string? From, string? To) : IQuery<Response>;

    /// <param name="Sessions">Not cancelled.</param>
    /// <param name="Places">Facilitators needed.</param>
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
            var totals = CoverageTotals.Of(await SessionsWithin(from, to).ToListAsync(cancellationToken));
            return new Response(
                from, to, totals.Sessions, totals.Shifts, totals.Places, totals.Confirmed, totals.Uncovered, totals.Open, totals.Cancelled);
        }

        private IQueryable<AlikeSessions> SessionsWithin(DateTimeOffset from, DateTimeOffset to) => db.Sessions
            .Where(s => s.StartsAt >= from && s.StartsAt < to)
            .LeftJoin(
                db.SignUps.Where(u => u.Status == SignUpStatus.Confirmed),
                s => s.Id,
                u => u.SessionId,
                (s, u) => new { s.Id, s.IsCancelled, s.Facilitators, Confirmed = u == null ? 0 : 1 })
            .GroupBy(s => new { s.Id, s.IsCancelled, s.Facilitators })
            .Select(g => new { g.Key.IsCancelled, g.Key.Facilitators, Confirmed = g.Sum(s => s.Confirmed) })
            .GroupBy(s => new { s.IsCancelled, s.Facilitators, s.Confirmed })
            .Select(g => new AlikeSessions(g.Key.IsCancelled, g.Key.Facilitators, g.Key.Confirmed, g.Count()));
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/insights/coverage", (string? from, string? to, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to), cancellationToken).ToOk())
        .RequirePermission(InsightsPermissions.Read);
}
