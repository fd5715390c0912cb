using NetworkPlatform.Tenancy.Chapters;
using NetworkPlatform.Tenancy.Contracts;
using NetworkPlatform.Tenancy.Networks;

namespace NetworkPlatform.Tenancy;

internal sealed class TenancyQueries(TenancyDbContext db, TenantContext current) : ITenancyQueries
{
    public Task<IReadOnlyList<ChapterInfo>> GetChapters(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => Read(db.Chapters.Where(c => ids.Contains(c.Id)), cancellationToken);

    public Task<IReadOnlyList<ChapterInfo>> GetChaptersBySlug(IReadOnlyCollection<string> slugs, CancellationToken cancellationToken) =>
        Read(db.Chapters.Where(c => slugs.Contains(c.Slug)), cancellationToken);

    public async Task<string?> FindMember(Guid memberId, CancellationToken cancellationToken) =>
        (await db.Tenants.MemberOf(current.Tenant, memberId, cancellationToken))?.Slug;

    private Task<IReadOnlyList<ChapterInfo>> Read(IQueryable<Chapter> chapters, CancellationToken cancellationToken) => db.Read<IReadOnlyList<ChapterInfo>>(
        async () => await chapters.Select(c => new ChapterInfo(c.Id, c.Slug, c.Name, c.TimeZone)).ToListAsync(cancellationToken), cancellationToken);
}
