namespace NetworkPlatform.Identity.Clients;

/// <summary>The tenant's API clients, oldest first; never their secrets.</summary>
internal static class ListClients
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, string ClientId, string Name, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Chapters, bool Below,
        DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.Clients.ToPageById(
                request.Paging,
                c => new Item(c.Id, ApiClient.ClientIdOf(c.TenantId, c.Id), c.Name, c.Roles, c.Chapters, c.Below, c.ValidFrom, c.ValidUntil, c.RevokedAt),
                i => i.Id,
                cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/clients", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadClients);
}
