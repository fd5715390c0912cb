namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>Which database the current tenant has moved out of without its rows being deleted there yet. Only the host's own verbs send it; no request can.</summary>
internal static class GetPlace
{
    public sealed record Query : IQuery<Response>;

    /// <param name="Left">Where <paramref name="IsLeaving"/>: null for the main one.</param>
    public sealed record Response(bool IsLeaving, TenantDatabase? Left);

    internal sealed class Handler(TenancyDbContext db, TenantContext current, AtRestEncryption encryption) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == current.Tenant.Id, cancellationToken);
            return new Response(tenant.IsLeaving, tenant.LeftDatabase is { } left ? TenantDatabase.Decrypt(left, encryption, tenant.Id) : null);
        }
    }
}
