namespace NetworkPlatform.Identity.Memberships;

/// <summary>The tenants in which a person is a member.</summary>
internal static class ListMyTenants
{
    public sealed record Query(Guid PersonId) : IQuery<IReadOnlyList<Guid>>;

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, IReadOnlyList<Guid>>
    {
        public async Task<Result<IReadOnlyList<Guid>>> Handle(Query request, CancellationToken cancellationToken) => Result<IReadOnlyList<Guid>>.Success(
            await db.Affiliations.Where(a => a.PersonId == request.PersonId).OrderBy(a => a.Id).Select(a => a.TenantId).ToListAsync(cancellationToken));
    }
}
