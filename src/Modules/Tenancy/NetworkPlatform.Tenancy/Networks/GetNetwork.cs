using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>The umbrella and its members, those of umbrellas below it included.</summary>
internal static class GetNetwork
{
    public sealed record Query : IQuery<Response>;

    /// <param name="ParentId">The umbrella directly above it.</param>
    /// <param name="Suspended">Itself or through an umbrella above it.</param>
    public sealed record Member(Guid Id, Guid ParentId, string Slug, string Name, string TimeZone, string Currency, bool IsUmbrella, bool Suspended);

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

            var below = await db.Tenants.Below(umbrella).OrderBy(t => t.Slug).ToListAsync(cancellationToken);
            var above = await db.Tenants.LineageOf(t => t.Id == umbrella.Id, cancellationToken);
            var all = below.Concat(above!.All).ToDictionary(t => t.Id);
            return new Response(umbrella.Id, umbrella.Identifier, umbrella.Name, [.. below.Select(t => MemberOf(t, Lineage.Of(t, all)))]);
        }

        private static Member MemberOf(Tenant tenant, Lineage lineage)
        {
            var info = lineage.ToInfo();
            return new Member(tenant.Id, tenant.ParentId!.Value, tenant.Slug, tenant.Name, info.TimeZone, info.Currency, tenant.IsUmbrella, info.IsSuspended);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/network", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(TenancyPermissions.ReadNetwork);
}
