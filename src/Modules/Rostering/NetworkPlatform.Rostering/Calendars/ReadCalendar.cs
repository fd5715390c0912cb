using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>
/// A volunteer's shifts for their calendar program, to whoever knows the address: what they are on, wait for, or were cancelled from, since a month ago. A standing commitment shows as the dated
/// shifts that it is made of, each of which can be moved or cancelled by itself.
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
            var rows = await (
                from signUp in db.SignUps
                join shift in db.Shifts on signUp.ShiftId equals shift.Id
                where signUp.VolunteerId == volunteerId && shift.EndsAt > since
                orderby shift.StartsAt, signUp.Id
                select new { signUp.Id, signUp.Status, signUp.At, SignUpVersion = signUp.Version, shift.Version, shift.StartsAt, shift.EndsAt, shift.TimeZone, shift.Title, ShiftStatus = shift.Status })
                .Take(MostEvents).ToListAsync(cancellationToken);

            // Every change of either row counts, also one that does not show: what matters is that none goes unnoticed.
            var events = rows.Select(r => new CalendarEvent(
                $"{r.Id}@networkplatform", r.Version + r.SignUpVersion - 2, r.At, r.StartsAt, r.EndsAt, r.TimeZone, r.Title, StatusOf(r.Status, r.ShiftStatus)));
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

            var result = await scopes.RunAs(tenant, services => services.GetRequiredService<IMediator>().Send(new Query(token), cancellationToken));
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
