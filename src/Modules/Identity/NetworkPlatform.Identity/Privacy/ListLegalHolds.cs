namespace NetworkPlatform.Identity.Privacy;

/// <summary>The tenant's legal holds, oldest first, lifted ones included.</summary>
internal static class ListLegalHolds
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, Guid SubjectId, string Reason, string PlacedBy, DateTimeOffset PlacedAt, DateTimeOffset? LiftedAt);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.LegalHolds.ToPageById(
                request.Paging, h => new Item(h.Id, h.SubjectId, h.Reason, h.PlacedBy, h.PlacedAt, h.LiftedAt), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/legal-holds", (Paging paging, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ManagePrivacy);
}
