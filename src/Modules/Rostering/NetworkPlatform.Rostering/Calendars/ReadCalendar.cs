using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>
/// A volunteer's shifts for their calendar program, to whoever knows the address: what they are on, wait for, or were cancelled from, since a month ago. What a standing commitment
/// has taken shows as one event that comes back (<see cref="CalendarSeries"/>).
/// </summary>
internal static class ReadCalendar
{
    private const int MostEvents = 2000;

    private static readonly TimeSpan Past = TimeSpan.FromDays(31);

    public sealed record Query(string Token) : IQuery<Response>;

    public sealed record Response(string Text);

    internal sealed class Handler(RosteringDbContext db, TenantContext tenant, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var hash = CalendarFeed.Hash(request.Token);
            if (await db.CalendarFeeds.Where(f => f.TokenHash == hash).Select(f => (Guid?)f.VolunteerId).SingleOrDefaultAsync(cancellationToken) is not { } volunteerId)
            {
                return new CalendarFeedNotFound();
            }

            var since = clock.GetUtcNow() - Past;

            // Of a series all, since its beginning decides on its dates. Every change of either row counts, also one that does not show: what matters is that none goes unnoticed.
            var rows = await (
                from signUp in db.SignUps
                join shift in db.Shifts on signUp.ShiftId equals shift.Id
                join standing in db.StandingSignUps on signUp.StandingId equals standing.Id into standings
                from standing in standings.DefaultIfEmpty()
                where signUp.VolunteerId == volunteerId && (shift.EndsAt > since || signUp.StandingDate != null)
                orderby shift.StartsAt descending, signUp.Id
                select new
                {
                    signUp.Id,
                    signUp.Status,
                    signUp.At,
                    signUp.StandingDate,
                    Standing = standing,
                    shift.StartsAt,
                    shift.EndsAt,
                    shift.TimeZone,
                    shift.Title,
                    ShiftStatus = shift.Status,
                    Changes = shift.Version + signUp.Version - 2,
                })
                .AsNoTracking().Take(MostEvents).ToListAsync(cancellationToken);

            var entries = rows.Select(r => new CalendarEntry(
                r.Id, r.Changes, r.At, r.StartsAt, r.EndsAt, r.TimeZone, r.Title, StatusOf(r.Status, r.ShiftStatus),
                r is { Standing: { } s, StandingDate: { } date } ? new SeriesDate(s.Id, date, s.StartTime, s.EveryWeeks, s.Version - 1) : null)).ToList();
            var ofSeries = entries.Where(e => e.Series is not null).GroupBy(e => e.Series!.StandingId).Where(taken => taken.Any(e => e.EndsAt > since))
                .ToDictionary(taken => taken.Key, taken => taken.OrderBy(e => e.SignUpId).DistinctBy(e => e.Series!.Date).ToList());
            var shown = ofSeries.Values.SelectMany(taken => taken).Select(e => e.SignUpId).ToHashSet();
            var events = entries.Where(e => !shown.Contains(e.SignUpId) && e.EndsAt > since).Select(e => e.AsEvent())
                .Concat(ofSeries.Values.SelectMany(CalendarSeries.Of)).OrderBy(e => e.StartsAt).ThenBy(e => e.Recurs is null);
            return new Response(CalendarText.Write([.. events], tenant.Tenant.TimeZone));
        }

        private static EventStatus StatusOf(SignUpStatus signUp, ShiftStatus shift) => (signUp, shift) switch
        {
            (_, ShiftStatus.Cancelled) or (SignUpStatus.Cancelled, _) => EventStatus.Cancelled,
            (SignUpStatus.Confirmed or SignUpStatus.Attended, _) => EventStatus.Confirmed,
            (SignUpStatus.Excused or SignUpStatus.NoShow, _) => EventStatus.Cancelled,
            _ => EventStatus.Tentative,
        };
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendar/{token}.ics", async Task<Results<FileContentHttpResult, Problem>> (
            string token, HttpContext http, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken) =>
        {
            if (CalendarFeed.TenantOf(token) is not { } tenantId || await tenants.GetAsync(tenantId, cancellationToken) is not { IsSuspended: false } tenant)
            {
                return new Problem(new CalendarFeedNotFound());
            }

            var result = await scopes.Send(tenant, new Query(token), cancellationToken);
            if (!result.IsSuccess)
            {
                return new Problem(result.Error);
            }

            http.Response.Headers.CacheControl = "private, no-store";
            var text = Encoding.UTF8.GetBytes(result.Value.Text);
            return TypedResults.File(text, "text/calendar; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, 16))}\""));
        })
        .AllowAnonymous("calendar programs have no token but the one in the address").WithoutTenant();
}
