using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Groups;

/// <summary>The tenant's groups, oldest first; of one chapter where it is given.</summary>
internal static class ListGroups
{
    public sealed record Query(Guid? ChapterId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid ChapterId, string Name, string Topic, MeetingFormat Format, GroupStatus Status);

    internal sealed class Handler(RegistryDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.Groups
                .Where(g => request.ChapterId == null || g.ChapterId == request.ChapterId)
                .ToPageById(request.Paging, g => new Item(g.Id, g.ChapterId, g.Name, g.Topic, g.Format, g.Status), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/groups", (Guid? chapterId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId, paging), cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.ReadGroups);
}
