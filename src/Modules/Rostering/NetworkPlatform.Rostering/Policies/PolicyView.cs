using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>The limits in force, as they can be sent back with changes.</summary>
/// <param name="DemandingFrom">The intensity from which a shift counts as demanding.</param>
/// <param name="NightStart">Local time.</param>
/// <param name="NightEnd">Local time.</param>
/// <param name="PolicyVersion">What a decision under these limits is recorded with.</param>
internal sealed record PolicyView(
    IReadOnlyList<PolicyLimit> Rules, int DemandingFrom, TimeOnly NightStart, TimeOnly NightEnd, DutyWeights Weights, string PolicyVersion, [property: JsonIgnore] int Version) : IVersioned
{
    internal static PolicyView Of(BurnoutPolicy policy, PolicyVersion version, TenantInfo tenant, Guid? chapterId) => new(
        [.. Enum.GetValues<BurnoutRule>().Select(rule => new PolicyLimit(rule.Name(), policy.For(rule).Warn, policy.For(rule).Refuse))],
        policy.DemandingFrom, policy.NightStart, policy.NightEnd, policy.Weights, version.ToString(), NumberOf(version, tenant, chapterId));

    /// <summary>The count that a change of this level raises.</summary>
    internal static int NumberOf(PolicyVersion version, TenantInfo tenant, Guid? chapterId) => tenant.IsUmbrella && chapterId is null ? version.Network : version.Tenant;
}
