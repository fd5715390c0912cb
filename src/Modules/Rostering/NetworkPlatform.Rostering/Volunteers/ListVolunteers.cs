namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>The tenant's volunteers, oldest first.</summary>
internal static class ListVolunteers
{
    [AuditedRead("contact")]
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, string Name, string Email, IReadOnlyList<string> Languages);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.Volunteers.ToPageById(request.Paging, v => new Item(v.Id, v.Name, v.Email, v.Languages), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
