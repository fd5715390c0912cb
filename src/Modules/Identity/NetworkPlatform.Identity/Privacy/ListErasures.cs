namespace NetworkPlatform.Identity.Privacy;

/// <summary>Who was asked to be erased, and whether it was confirmed, oldest first; by ids only.</summary>
internal static class ListErasures
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, Guid? PersonId, IReadOnlyList<Guid> SubjectIds, bool Everywhere, string RequestedBy, DateTimeOffset RequestedAt, string? ConfirmedBy, DateTimeOffset? ConfirmedAt);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await db.Erasures.ToPageById(
                request.Paging,
                e => new Item(e.Id, e.PersonId, e.SubjectIds, e.Everywhere, e.RequestedBy, e.RequestedAt, e.ConfirmedBy, e.ConfirmedAt),
                i => i.Id,
                cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/erasures", (Paging paging, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ManagePrivacy);
}
