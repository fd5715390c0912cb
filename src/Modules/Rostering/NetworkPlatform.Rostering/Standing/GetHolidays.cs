using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>The dates on which a chapter does not meet, those over included.</summary>
internal static class GetHolidays
{
    public sealed record Query(Guid ChapterId) : IQuery<Response>;

    public sealed record Holiday(DateOnly Date, string Name);

    public sealed record Response(IReadOnlyList<Holiday> Holidays);

    internal sealed class Handler(RosteringDbContext db, ITenancyQueries tenancy) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken) =>
            (await tenancy.GetChapters([request.ChapterId], cancellationToken)).Count == 0
                ? new ChapterNotFound(request.ChapterId)
                : new Response(await db.ChapterHolidays.Where(h => h.ChapterId == request.ChapterId).OrderBy(h => h.Date).Select(h => new Holiday(h.Date, h.Name)).ToListAsync(cancellationToken));
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/chapters/{chapterId:guid}/holidays", (Guid chapterId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadShifts);
}
