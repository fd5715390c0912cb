namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>The current tenant and the settings that hold for it, its own and inherited ones.</summary>
internal static class GetTenant
{
    public sealed record Query : IQuery<Response>;

    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    /// <param name="Inherited">Which of the settings are not its own but come from above.</param>
    public sealed record Response(
        Guid Id, string Slug, string Name, string Culture, string TimeZone, string Currency, DayOfWeek WeekStart, Branding Branding, bool IsUmbrella,
        IReadOnlyList<string> Inherited,
        [property: System.Text.Json.Serialization.JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var id = current.Tenant.Id;
            var lineage = (await db.Tenants.LineageOf(t => t.Id == id, cancellationToken))!;
            var (own, info) = (lineage.Own, lineage.ToInfo());
            return new Response(
                own.Id,
                own.Slug,
                own.Name,
                info.Culture,
                info.TimeZone,
                info.Currency,
                info.WeekStart,
                new Branding(lineage.Nearest(t => t.BrandName), lineage.Nearest(t => t.BrandColor), lineage.Nearest(t => t.LogoUrl)),
                own.IsUmbrella,
                own.ParentId is null ? [] : [.. Setting.All.Where(s => s.IsInherited(own)).Select(s => s.Name)],
                own.Version);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tenant", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToTagged())
        .RequirePermission(TenancyPermissions.ReadTenant);
}
