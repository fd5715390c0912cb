using System.Collections.Concurrent;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>
/// Remembers each tenant's limits under the version that they had. Whoever decides reads the version with its own query and so never decides by older limits than
/// were committed: a remembered set that is not of that version is read anew. Nothing needs to be told when limits change, on whichever node. Where a network is in several databases,
/// the version in one says nothing of the others: then all is read every time.
/// </summary>
internal sealed class PolicySets(RosteringDbContext db, TenantContext current, PolicyMemory memory, OtherDatabases<RosteringDbContext> others)
{
    internal async ValueTask<PolicySet> At(PolicyVersion version, CancellationToken cancellationToken)
    {
        var tenant = current.Tenant;
        if (!others.Any && memory.Newest.TryGetValue(tenant.Id, out var known) && known.Version == version)
        {
            return known;
        }

        var read = await Read(version, elsewhereUpTo: int.MaxValue, cancellationToken);
        memory.Newest[tenant.Id] = read;
        return read;
    }

    /// <summary>The newest, for whoever has no query of their own to read the version with.</summary>
    internal async Task<PolicySet> Newest(CancellationToken cancellationToken) => await At(
        new PolicyVersion(
            await db.NetworkPolicies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? 0,
            await db.TenantPolicies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? 0),
        cancellationToken);

    /// <summary>Those of an earlier version, as a decision was recorded with.</summary>
    internal Task<PolicySet> Read(PolicyVersion version, CancellationToken cancellationToken) => Read(version, version.Network, cancellationToken);

    private async Task<PolicySet> Read(PolicyVersion version, int elsewhereUpTo, CancellationToken cancellationToken)
    {
        var tenant = current.Tenant;
        List<string> reaching = [.. tenant.Ancestors, tenant.Identifier];
        var umbrellas = await db.NetworkPolicies.Where(p => p.Number <= version.Network && reaching.Contains(p.Umbrella)).OrderBy(p => p.Number)
            .Select(p => new { p.Umbrella, p.Number, p.Layer }).ToListAsync(cancellationToken);
        if (others.Any)
        {
            umbrellas.AddRange(await others.Read(
                other => other.NetworkPolicies.Where(p => p.Number <= elsewhereUpTo && reaching.Contains(p.Umbrella)).OrderBy(p => p.Number).Select(p => new { p.Umbrella, p.Number, p.Layer }), cancellationToken));
            version = version with { Network = umbrellas.Select(u => u.Number).Append(version.Network).Max() };
        }

        var own = await db.TenantPolicies.Where(p => p.Number <= version.Tenant).OrderBy(p => p.Number)
            .Select(p => new { p.ChapterId, p.Layer }).ToListAsync(cancellationToken);
        return PolicySet.Of(tenant, version, [.. umbrellas.Select(u => (u.Umbrella, u.Layer))], [.. own.Select(o => (o.ChapterId, o.Layer))]);
    }
}

/// <summary>What this node remembers of them.</summary>
internal sealed class PolicyMemory
{
    internal ConcurrentDictionary<Guid, PolicySet> Newest { get; } = new();
}
