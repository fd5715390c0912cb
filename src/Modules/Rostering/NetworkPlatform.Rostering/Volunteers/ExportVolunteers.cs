using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>All volunteers of the tenant as a CSV file, which can be imported again.</summary>
internal static class ExportVolunteers
{
    [AuditedRead("contact")]
    public sealed record Query : IQuery<Response>;

    public sealed record Response(byte[] File);

    internal sealed class Handler(RosteringDbContext db, ITenancyQueries tenancy) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var volunteers = await db.Volunteers.AsNoTracking().OrderBy(v => v.Id).ToListAsync(cancellationToken);
            var slugs = (await tenancy.GetChapters([.. volunteers.SelectMany(v => v.Chapters).Distinct()], cancellationToken)).ToDictionary(c => c.Id, c => c.Slug);
            return new Response(VolunteerCsv.Write(volunteers.Select(v => (IReadOnlyList<string>)
            [
                v.Name, v.Email, string.Join(' ', v.Languages), v.Phone ?? "", v.TimeZone ?? "", string.Join(' ', v.Chapters.Where(slugs.ContainsKey).Select(c => slugs[c])),
                string.Join(' ', v.Roles), v.CountedHereOnly ? "no" : "yes",
            ])));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/export.csv", async Task<Results<FileContentHttpResult, Problem>> (IMediator mediator, CancellationToken cancellationToken) =>
        {
            var result = await mediator.Send(new Query(), cancellationToken);
            return result.IsSuccess ? TypedResults.File(result.Value.File, "text/csv; charset=utf-8", "volunteers.csv") : new Problem(result.Error);
        })
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
