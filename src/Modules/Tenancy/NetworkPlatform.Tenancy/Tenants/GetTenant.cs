namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>The current tenant's own settings.</summary>
internal static class GetTenant
{
    public sealed record Query : IQuery<Response>;

    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    public sealed record Response(
        Guid Id, string Slug, string Name, string Culture, string TimeZone, string Currency, bool IsUmbrella,
        [property: System.Text.Json.Serialization.JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken) => await db.Tenants
            .Where(t => t.Id == current.Tenant.Id)
            .Select(t => new Response(t.Id, t.Slug, t.Name, t.Culture, t.TimeZone, t.Currency, t.Id == t.NetworkId, t.Version))
            .SingleAsync(cancellationToken);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tenant", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToTagged())
        .RequirePermission(TenancyPermissions.ReadTenant);
}
