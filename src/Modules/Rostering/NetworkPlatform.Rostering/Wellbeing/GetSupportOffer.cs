namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>What the tenant offers to a volunteer whose check-in suggests that they could use support.</summary>
internal static class GetSupportOffer
{
    public sealed record Query : IQuery<Response>;

    /// <param name="Text">Null where none is set.</param>
    public sealed record Response(string? Text);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken) =>
            new Response(await db.SupportOffers.Select(o => o.Text).SingleOrDefaultAsync(cancellationToken));
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/support-offer", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
