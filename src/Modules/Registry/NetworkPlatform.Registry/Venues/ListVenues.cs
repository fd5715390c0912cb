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
            return await db.Venues
                .Where(v => request.ChapterId == null || v.ChapterId == request.ChapterId)
                .ToPageById(request.Paging, v => new Item(v.Id, v.ChapterId, v.Name, v.Address, v.Latitude, v.Longitude), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/venues", (Guid? chapterId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId, paging), cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.ReadGroups);
}
