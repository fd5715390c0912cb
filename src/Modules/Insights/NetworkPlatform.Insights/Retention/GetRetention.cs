using System.Globalization;
using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Retention;

/// <summary>
/// Whether volunteers stay: how many are active, the hours that they gave in a period, and the cohorts that began in its months; without a period, in the
/// last twelve months of the calendar. Volunteers are counted, never listed. Months are those of the tenant's time zone.
/// </summary>
internal static class GetRetention
{
    private const int UsualMonths = 12;
    private const int UsualActiveDays = 90;
    private const int MaxActiveDays = 366;

    public sealed record Query(string? From, string? To, int ActiveWithinDays) : IQuery<Response>;

    /// <param name="AsOf">Nothing after it is counted: the end of the period, or now where that is earlier.</param>
    public sealed record Response(
        DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, Volunteers Volunteers, Hours Hours, IReadOnlyList<MonthCohort> Cohorts);

    /// <param name="Active">Attended a shift that began within the last days asked for, before <c>asOf</c>.</param>
    /// <param name="Lapsed">Attended earlier only.</param>
    public sealed record Volunteers(int Active, int Lapsed, int Total);

    /// <param name="ByMonth">Months without any hours are left out.</param>
    public sealed record Hours(decimal Total, IReadOnlyList<MonthHours> ByMonth);

    public sealed record MonthHours(string Month, decimal Hours);

    /// <param name="Month">Of the first attended shift, such as <c>2026-05</c>.</param>
    /// <param name="Retained">Each month from that one up to <c>asOf</c>.</param>
    public sealed record MonthCohort(string Month, int Size, IReadOnlyList<Retained> Retained);

    /// <param name="Count">Those who attended at least one shift in the month.</param>
    /// <param name="Rate">Of the cohort, 0 to 1.</param>
    public sealed record Retained(string Month, int Count, decimal Rate);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.ActiveWithinDays)
            .InclusiveBetween(1, MaxActiveDays).WithMessage($"Must be from 1 to {MaxActiveDays} days.");
    }

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var calendar = LocalCalendar.Of(current.Tenant);
            var period = Period.Read(request.From, request.To, UsualPeriod.MonthsBack(UsualMonths, calendar.DateOf(now)), calendar);
            if (!period.IsSuccess)
            {
                return period.Error;
            }

            var (from, to) = period.Value;
            var asOf = to < now ? to : now;
            // A period up to the first of a month ends within the month before.
            var lastMonth = calendar.MonthOf(asOf.AddTicks(-1));
            var attended = db.Attendance.Where(a => a.IsAttended && a.StartedAt < asOf);
            return new Response(
                from,
                to,
                asOf,
                await CountVolunteers(attended, asOf.AddDays(-request.ActiveWithinDays), cancellationToken),
                await SumHours(attended.Where(a => a.StartedAt >= from), cancellationToken),
                await FollowCohorts(attended, calendar.MonthOf(from), lastMonth, cancellationToken));
        }

        private static async Task<Volunteers> CountVolunteers(
            IQueryable<AttendanceFact> attended, DateTimeOffset activeSince, CancellationToken cancellationToken)
        {
            // In one query: somebody may be recorded between two, and be active before they are one of all.
            var volunteers = await attended
                .GroupBy(a => a.VolunteerId)
                .Select(g => new { IsActive = g.Max(a => a.StartedAt) >= activeSince })
                .GroupBy(v => v.IsActive)
                .Select(g => new { IsActive = g.Key, Count = g.Count() })
                .ToDictionaryAsync(v => v.IsActive, v => v.Count, cancellationToken);
            var (active, lapsed) = (volunteers.GetValueOrDefault(true), volunteers.GetValueOrDefault(false));
            return new Volunteers(active, lapsed, active + lapsed);
        }

        private static async Task<Hours> SumHours(IQueryable<AttendanceFact> attended, CancellationToken cancellationToken)
        {
            var months = await attended
                .GroupBy(a => a.LocalMonth)
                .OrderBy(g => g.Key)
                .Select(g => new { Month = g.Key, Minutes = g.Sum(a => (long)a.Minutes) })
                .ToListAsync(cancellationToken);
            return new Hours(InHours(months.Sum(m => m.Minutes)), [.. months.Select(m => new MonthHours(Text(m.Month), InHours(m.Minutes)))]);
        }

        private async Task<IReadOnlyList<MonthCohort>> FollowCohorts(
            IQueryable<AttendanceFact> attended, DateOnly first, DateOnly last, CancellationToken cancellationToken)
        {
            // Whoever attended before the first month belongs to an earlier cohort, which is not asked for.
            var months = await attended
                .Where(a => a.LocalMonth >= first)
                .Where(a => !db.Attendance.Any(e => e.IsAttended && e.VolunteerId == a.VolunteerId && e.LocalMonth < first))
                .Select(a => new { a.VolunteerId, a.LocalMonth })
                .Distinct()
                .ToListAsync(cancellationToken);
            return
            [
                .. from cohort in Cohorts.Of([.. months.Select(m => (m.VolunteerId, m.LocalMonth))], last)
                   select new MonthCohort(Text(cohort.Month), cohort.Size, [.. cohort.Retained.Select(r => new Retained(Text(r.Month), r.Count, r.Rate))]),
            ];
        }

        private static decimal InHours(long minutes) => Math.Round(minutes / 60m, 2);

        private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/insights/retention", (string? from, string? to, int? activeWithinDays, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to, activeWithinDays ?? UsualActiveDays), cancellationToken).ToOk())
        .RequirePermission(InsightsPermissions.Read);
}
