namespace NetworkPlatform.Tenancy.Networks;

/// <summary>The umbrella and its members.</summary>
internal static class GetNetwork
{
    public sealed record Query : IQuery<Response>;

    public sealed record Member(Guid Id, string Slug, string Name, string TimeZone, string Currency, bool Suspended);

    public sealed record Response(Guid Id, string Slug, string Name, IReadOnlyList<Member> Members);

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var umbrella = current.Tenant;
            if (!umbrella.IsUmbrella)
            {
                return new NetworkNotFound();
            }

            var members = await db.Tenants
                .Where(t => t.NetworkId == umbrella.Id && t.Id != umbrella.Id)
                .OrderBy(t => t.Slug)
                .Select(t => new Member(t.Id, t.Slug, t.Name, t.TimeZone, t.Currency, t.SuspendedAt != null))
                .ToListAsync(cancellationToken);
            return new Response(umbrella.Id, umbrella.Identifier, umbrella.Name, members);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/network", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(TenancyPermissions.ReadNetwork);
}
