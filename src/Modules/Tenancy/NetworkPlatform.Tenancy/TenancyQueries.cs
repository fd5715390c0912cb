using NetworkPlatform.Tenancy.Chapters;
using NetworkPlatform.Tenancy.Contracts;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy;

internal sealed class TenancyQueries(TenancyDbContext db, TenantContext current) : ITenancyQueries
{
    public Task<IReadOnlyList<ChapterInfo>> GetChapters(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => Read(db.Chapters.Where(c => ids.Contains(c.Id)), cancellationToken);

    public Task<IReadOnlyList<ChapterInfo>> GetChaptersBySlug(IReadOnlyCollection<string> slugs, CancellationToken cancellationToken) =>
        Read(db.Chapters.Where(c => slugs.Contains(c.Slug)), cancellationToken);

    public Task<bool> HasMember(Guid memberId, CancellationToken cancellationToken) => db.Tenants.Below(current.Tenant).AnyAsync(t => t.Id == memberId, cancellationToken);

    private Task<IReadOnlyList<ChapterInfo>> Read(IQueryable<Chapter> chapters, CancellationToken cancellationToken) => db.Read<IReadOnlyList<ChapterInfo>>(
        async () => await chapters.Select(c => new ChapterInfo(c.Id, c.Slug, c.Name, c.TimeZone)).ToListAsync(cancellationToken), cancellationToken);
}
