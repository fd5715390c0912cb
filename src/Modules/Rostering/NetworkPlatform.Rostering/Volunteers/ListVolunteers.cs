namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>The tenant's volunteers, oldest first.</summary>
internal static class ListVolunteers
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, string Name, string Email, IReadOnlyList<string> Languages);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var after = request.Paging.After<Guid>();
            var volunteers = await db.Volunteers
                .Where(v => v.Id > after)
                .OrderBy(v => v.Id)
                .Take(request.Paging.Limit + 1)
                .Select(v => new Item(v.Id, v.Name, v.Email, v.Languages))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(volunteers, v => v.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
