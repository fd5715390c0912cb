using NetworkPlatform.Tenancy.Contracts;
using NetworkPlatform.Tenancy.Networks;

namespace NetworkPlatform.Tenancy;

internal sealed class TenancyQueries(TenancyDbContext db, TenantContext current) : ITenancyQueries
{
    public Task<IReadOnlyList<ChapterInfo>> GetChapters(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => db.Read<IReadOnlyList<ChapterInfo>>(
        async () => await db.Chapters.Where(c => ids.Contains(c.Id)).Select(c => new ChapterInfo(c.Id, c.Name, c.TimeZone)).ToListAsync(cancellationToken),
        cancellationToken);

    public async Task<string?> FindMember(Guid memberId, CancellationToken cancellationToken) =>
        (await db.Tenants.MemberOf(current.Tenant, memberId, cancellationToken))?.Slug;
}
