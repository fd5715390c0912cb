using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Registry.Groups;

namespace NetworkPlatform.Registry;

internal sealed class RegistryQueries(RegistryDbContext db) : IRegistryQueries
{
    public Task<IReadOnlyList<GroupInfo>> GetGroups(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => db.Read<IReadOnlyList<GroupInfo>>(
        async () => await db.Groups.Where(g => ids.Contains(g.Id)).Select(g => new GroupInfo(g.Id, g.Name, g.ChapterId, g.Status == GroupStatus.Closed)).ToListAsync(cancellationToken),
        cancellationToken);
}
