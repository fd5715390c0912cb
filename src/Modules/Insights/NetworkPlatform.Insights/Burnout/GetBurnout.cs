using System.Globalization;
using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Burnout;

/// <summary>
/// Whether the limits keep volunteers from too much: by month, how many attended, and how many of them a shift brought near or past a limit on their load. Only months that are over and lie
/// within the period whole, so that the difference of two answers tells nothing that they do not; without a period, the last twelve.
/// </summary>
internal static class GetBurnout
{
    private const int UsualMonths = 12;

    public sealed record Query(string? From, string? To) : IQuery<Response>;

    /// <param name="FewestTold">Numbers from 1 up to this, and without it, are null, and those that would tell one of them.</param>
    public sealed record Response(IReadOnlyList<Month> Months, int FewestTold);

    /// <param name="Name">Such as <c>2026-05</c>, on the tenant's clock.</param>
    /// <param name="Volunteers">Attended at least one shift.</param>
    /// <param name="Overloaded">Attended one that was beyond what a limit warns of.</param>
    /// <param name="Overridden">Attended one that a limit refused and a coordinator gave them nevertheless.</param>
    /// <param name="Limits">Most volunteers first; those of which too few volunteers came near are left out.</param>
    /// <param name="CheckIns">How often volunteers have checked how they are; not who, nor what came out.</param>
    public sealed record Month(string Name, int? Volunteers, int? Overloaded, int? Overridden, IReadOnlyList<Limit> Limits, int? CheckIns);

    public sealed record Limit(string Rule, int Volunteers);

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var calendar = LocalCalendar.Of(current.Tenant);
            var thisMonth = calendar.MonthOf(clock.GetUtcNow());
            var period = Period.Read(request.From, request.To, new UsualPeriod(thisMonth.AddMonths(-UsualMonths), thisMonth), calendar);
            if (!period.IsSuccess)
            {
                return period.Error;
            }

            var first = LocalCalendar.FirstOfMonth(calendar.FirstDayFrom(period.Value.From).AddDays(-1)).AddMonths(1);
            var end = calendar.MonthOf(period.Value.To);
            end = end < thisMonth ? end : thisMonth;

            // In one query: what is told or kept back of a part depends on the whole as it is at the same moment.
            var attended = await db.Attendance
                .Where(a => a.IsAttended && a.LocalMonth >= first && a.LocalMonth < end)
                .Select(a => new { a.LocalMonth, a.VolunteerId, a.Overload, a.IsOverridden })
                .Distinct()
                .ToListAsync(cancellationToken);
            var shiftsIn = attended.ToLookup(a => a.LocalMonth);
            var checkIns = await db.CheckIns.Where(c => c.LocalMonth >= first && c.LocalMonth < end).ToDictionaryAsync(c => c.LocalMonth, c => c.Count, cancellationToken);

            List<Month> months = [];
            for (var month = first; month < end; month = month.AddMonths(1))
            {
                var load = MonthOfLoad.Of(
                    shiftsIn[month].Select(s => s.VolunteerId).Distinct().Count(),
                    [.. from shift in shiftsIn[month] where shift.Overload is not null select new OverloadedShift(shift.VolunteerId, shift.Overload, shift.IsOverridden)]);
                months.Add(new Month(
                    month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    load.Volunteers,
                    load.Overloaded,
                    load.Overridden,
                    [.. load.Limits.Select(l => new Limit(l.Name, l.Volunteers))],
                    MonthOfLoad.Told(checkIns.GetValueOrDefault(month))));
            }

            return new Response(months, MonthOfLoad.FewestTold);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/insights/burnout", (string? from, string? to, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to), cancellationToken).ToOk())
        .RequirePermission(InsightsPermissions.Read);
}
