namespace NetworkPlatform.Tenancy.Chapters;

/// <summary>The tenant's chapters, oldest first.</summary>
internal static class ListChapters
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, string Name, string Slug, string TimeZone);

    internal sealed class Handler(TenancyDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var after = request.Paging.After<Guid>();
            var chapters = await db.Chapters
                .Where(c => c.Id > after)
                .OrderBy(c => c.Id)
                .Take(request.Paging.Limit + 1)
                .Select(c => new Item(c.Id, c.Name, c.Slug, c.TimeZone))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(chapters, c => c.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/chapters", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(TenancyPermissions.ReadChapters);
}
