using NetworkPlatform.Insights.Periods;
using NetworkPlatform.Insights.Sessions;

namespace NetworkPlatform.Insights.Costs;

/// <summary>
/// What was spent in a period and what a session cost, by currency for the tenant and by group; without a period, in the last twelve months of the calendar.
/// An expense counts as at the start of its day in the tenant's time zone, so that no two adjoining periods share it.
/// </summary>
internal static class GetFunding
{
    private const int UsualMonths = 12;

    public sealed record Query(string? From, string? To, Paging Paging) : IQuery<Response>;

    /// <param name="Groups">Those that held a session or spent money, a row for each currency; <c>limit</c> and <c>cursor</c> page them by group.</param>
    /// <param name="NextCursor">Send it as <c>cursor</c> for the next groups; null where there are none.</param>
    public sealed record Response(
        DateTimeOffset From, DateTimeOffset To, int SessionsHeld, IReadOnlyList<CurrencyCost> Currencies, IReadOnlyList<GroupCost> Groups, string? NextCursor);

    /// <param name="Spent">For groups and for the tenant as a whole.</param>
    /// <param name="CostPerSessionHeld">Over all of the tenant's sessions; null where none was held.</param>
    public sealed record CurrencyCost(string Currency, string Spent, string? CostPerSessionHeld);

    /// <param name="Currency">The tenant's own where the group spent nothing.</param>
    /// <param name="CostPerSessionHeld">Null where the group held none.</param>
    public sealed record GroupCost(Guid GroupId, int SessionsHeld, string Spent, string Currency, string? CostPerSessionHeld);

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var calendar = LocalCalendar.Of(current.Tenant);
            var usual = UsualPeriod.MonthsBack(UsualMonths, calendar.DateOf(clock.GetUtcNow()));
            var period = Period.Read(request.From, request.To, usual, calendar);
            if (!period.IsSuccess)
            {
                return period.Error;
            }

            var (from, to) = period.Value;
            var (firstDay, endDay) = (calendar.FirstDayFrom(from), calendar.FirstDayFrom(to));
            var held = db.Sessions.Where(s => s.Participants != null && s.StartsAt >= from && s.StartsAt < to);
            var spent = db.Expenses.Where(e => e.IncurredOn >= firstDay && e.IncurredOn < endDay);

            var sessionsHeld = await held.CountAsync(cancellationToken);
            var currencies = await spent
                .GroupBy(e => e.Currency)
                .OrderBy(g => g.Key)
                .Select(g => new { Currency = g.Key, Spent = g.Sum(e => e.Amount) })
                .ToListAsync(cancellationToken);
            var groups = await FindGroups(held, spent, request.Paging, cancellationToken);
            return new Response(
                from,
                to,
                sessionsHeld,
                [.. currencies.Select(c => CostOf(c.Currency, new SessionCost(c.Spent, sessionsHeld)))],
                await CostsOf(groups.Items, held, spent, cancellationToken),
                groups.NextCursor);
        }

        private static async Task<Page<Guid>> FindGroups(
            IQueryable<SessionFact> held, IQueryable<ExpenseFact> spent, Paging paging, CancellationToken cancellationToken)
        {
            var after = paging.After<Guid>();
            var ids = await held.Where(s => s.GroupId > after).Select(s => s.GroupId!.Value)
                .Union(spent.Where(e => e.GroupId > after).Select(e => e.GroupId!.Value))
                .OrderBy(id => id)
                .Take(paging.Limit + 1)
                .ToListAsync(cancellationToken);
            return paging.ToPage(ids, id => id);
        }

        private async Task<IReadOnlyList<GroupCost>> CostsOf(
            IReadOnlyList<Guid> groups, IQueryable<SessionFact> held, IQueryable<ExpenseFact> spent, CancellationToken cancellationToken)
        {
            var heldBy = await held
                .Where(s => groups.Contains(s.GroupId!.Value))
                .GroupBy(s => s.GroupId!.Value)
                .Select(g => new { GroupId = g.Key, Sessions = g.Count() })
                .ToDictionaryAsync(g => g.GroupId, g => g.Sessions, cancellationToken);
            var spentBy = await spent
                .Where(e => groups.Contains(e.GroupId!.Value))
                .GroupBy(e => new { GroupId = e.GroupId!.Value, e.Currency })
                .OrderBy(g => g.Key.Currency)
                .Select(g => new { g.Key.GroupId, g.Key.Currency, Spent = g.Sum(e => e.Amount) })
                .ToListAsync(cancellationToken);
            return
            [
                .. from id in groups
                   from cost in spentBy.Where(s => s.GroupId == id).DefaultIfEmpty(new { GroupId = id, current.Tenant.Currency, Spent = 0m })
                   select CostOf(id, cost.Currency, new SessionCost(cost.Spent, heldBy.GetValueOrDefault(id))),
            ];
        }

        private static CurrencyCost CostOf(string currency, SessionCost cost) =>
            new(currency, SessionCost.Text(cost.Spent), TextOf(cost.PerSessionHeld));

        private static GroupCost CostOf(Guid groupId, string currency, SessionCost cost) =>
            new(groupId, cost.SessionsHeld, SessionCost.Text(cost.Spent), currency, TextOf(cost.PerSessionHeld));

        private static string? TextOf(decimal? amount) => amount is { } known ? SessionCost.Text(known) : null;
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/insights/funding", (string? from, string? to, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to, paging), cancellationToken).ToOk())
        .RequirePermission(InsightsPermissions.ReadFunding);
}
