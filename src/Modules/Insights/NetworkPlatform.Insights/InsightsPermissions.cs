namespace NetworkPlatform.Insights;

internal static class InsightsPermissions
{
    internal static readonly Permission Read = new("insights.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer);
    internal static readonly Permission ReadFunding = new("insights.funding.read", Roles.TenantAdmin, Roles.Finance, Roles.Viewer);
}
