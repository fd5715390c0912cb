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
            return await db.Chapters.ToPageById(request.Paging, c => new Item(c.Id, c.Name, c.Slug, c.TimeZone), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/chapters", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(TenancyPermissions.ReadChapters);
}
