using System.Text.Json.Serialization;

namespace NetworkPlatform.Tenancy.Chapters;

/// <summary>One chapter.</summary>
internal static class GetChapter
{
    public sealed record Query(Guid ChapterId) : IQuery<Response>;

    public sealed record Response(
        Guid Id, string Name, string Slug, string TimeZone, string? Address, decimal? Latitude, decimal? Longitude,
        [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(TenancyDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var chapter = await db.Chapters
                .Where(c => c.Id == request.ChapterId)
                .Select(c => new Response(c.Id, c.Name, c.Slug, c.TimeZone, c.Address, c.Latitude, c.Longitude, c.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return chapter is null ? new ChapterNotFound() : chapter;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/chapters/{chapterId:guid}", (Guid chapterId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId), cancellationToken).ToTagged())
        .RequirePermission(TenancyPermissions.ReadChapters);
}
