namespace NetworkPlatform.Rostering.Notifications;

/// <summary>The addresses that hear of late cancellations.</summary>
internal static class GetCoordinatorAddresses
{
    public sealed record Query : IQuery<Response>;

    /// <param name="ChapterId">Null for all chapters.</param>
    public sealed record Address(Guid? ChapterId, string Email, string Language);

    public sealed record Response(IReadOnlyList<Address> Addresses);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken) =>
            new Response(await db.CoordinatorAddresses.OrderBy(a => a.Id).Select(a => new Address(a.ChapterId, a.Email, a.Language)).ToListAsync(cancellationToken));
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/coordinator-addresses", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ManageCoordinatorAddresses);
}
