namespace NetworkPlatform.Identity.Memberships;

/// <summary>The tenant's members, in the order in which they joined.</summary>
internal static class ListMembers
{
    [AuditedRead("contact")]
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, Guid PersonId, string Name, string Email, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Chapters, bool Below, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
        DateTimeOffset JoinedAt);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken) => await db.Memberships.Where(m => m.EndedAt == null).ToPageById(
            request.Paging,
            m => new Item(
                m.Id, m.PersonId, db.People.Single(p => p.Id == m.PersonId).Name, db.People.Single(p => p.Id == m.PersonId).Email, m.Roles, m.Chapters, m.Below, m.ValidFrom, m.ValidUntil, m.JoinedAt),
            i => i.Id,
            cancellationToken);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/members", (Paging paging, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadMembers);
}
