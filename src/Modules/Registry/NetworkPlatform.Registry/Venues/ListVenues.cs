namespace NetworkPlatform.Registry.Venues;

/// <summary>The tenant's venues, oldest first; of one chapter where it is given.</summary>
internal static class ListVenues
{
    public sealed record Query(Guid? ChapterId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid ChapterId, string Name, string Address, decimal? Latitude, decimal? Longitude);

    internal sealed class Handler(RegistryDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var after = request.Paging.After<Guid>();
            var venues = await db.Venues
                .Where(v => v.Id > after && (request.ChapterId == null || v.ChapterId == request.ChapterId))
                .OrderBy(v => v.Id)
                .Take(request.Paging.Limit + 1)
                .Select(v => new Item(v.Id, v.ChapterId, v.Name, v.Address, v.Latitude, v.Longitude))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(venues, v => v.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/venues", (Guid? chapterId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId, paging), cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.ReadGroups);
}
