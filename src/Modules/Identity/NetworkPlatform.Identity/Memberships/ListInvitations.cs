namespace NetworkPlatform.Identity.Memberships;

/// <summary>The tenant's invitations, oldest first.</summary>
internal static class ListInvitations
{
    [AuditedRead("contact")]
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, string Email, string? Name, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Chapters, bool Below, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
        Guid? VolunteerId, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AcceptedAt, DateTimeOffset? RevokedAt);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken) => await db.Invitations.ToPageById(
            request.Paging,
            i => new Item(
                i.Id, i.Email, i.Name, i.Roles, i.Chapters, i.Below, i.ValidFrom, i.ValidUntil, i.VolunteerId, i.CreatedAt, i.ExpiresAt, i.AcceptedAt, i.RevokedAt),
            i => i.Id,
            cancellationToken);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/members/invitations", (Paging paging, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadMembers);
}
