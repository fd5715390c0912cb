using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>The limits in force in a tenant and its chapters at one version.</summary>
internal sealed class PolicySet
{
    private readonly BurnoutPolicy? above;
    private readonly Dictionary<Guid, BurnoutPolicy> ofChapters = [];

    private PolicySet(PolicyVersion version, BurnoutPolicy? above, BurnoutPolicy ofTenant) => (Version, this.above, Tenant) = (version, above, ofTenant);

    internal PolicyVersion Version { get; }

    internal BurnoutPolicy Tenant { get; }

    /// <param name="umbrellas">Newest layers of those above the tenant, and the tenant's own as an umbrella, from the top on.</param>
    /// <param name="own">Newest layers of the tenant (by no chapter) and its chapters.</param>
    internal static PolicySet Of(TenantInfo tenant, PolicyVersion version, IReadOnlyList<(string Umbrella, PolicyLayer Layer)> umbrellas, IReadOnlyList<(Guid? ChapterId, PolicyLayer Layer)> own)
    {
        BurnoutPolicy? policy = null;
        foreach (var umbrella in tenant.Ancestors)
        {
            policy = Add(policy, umbrellas.LastOrDefault(u => u.Umbrella == umbrella).Layer);
        }

        var ofTenant = Add(
            policy, tenant.IsUmbrella ? umbrellas.LastOrDefault(u => u.Umbrella == tenant.Identifier).Layer : own.LastOrDefault(o => o.ChapterId is null).Layer);
        var set = new PolicySet(version, policy, ofTenant);
        foreach (var (chapterId, layer) in own.Where(o => o.ChapterId is not null))
        {
            set.ofChapters[chapterId!.Value] = Add(ofTenant, layer);
        }

        return set;
    }

    internal BurnoutPolicy For(Guid? chapterId) => chapterId is { } id && ofChapters.TryGetValue(id, out var policy) ? policy : Tenant;

    /// <summary>What the level may not loosen; null at the top, which may say what it likes.</summary>
    internal BurnoutPolicy? Above(Guid? chapterId) => chapterId is null ? above : Tenant;

    // The top's word replaces the defaults; every level below it counts where it is stricter, also once those above have changed.
    private static BurnoutPolicy Add(BurnoutPolicy? above, PolicyLayer? layer) => (above, layer) switch
    {
        (null, null) => BurnoutPolicy.Default,
        (null, _) => layer.Over(BurnoutPolicy.Default),
        (_, null) => above,
        _ => Tightening.StricterOf(above, layer.Over(above)),
    };
}
