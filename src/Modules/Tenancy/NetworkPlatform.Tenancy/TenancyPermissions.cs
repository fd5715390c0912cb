namespace NetworkPlatform.Tenancy;

internal static class TenancyPermissions
{
    internal static readonly Permission ReadNetwork = new("tenancy.network.read", Roles.NetworkAdmin);
    internal static readonly Permission ManageMembers = new("tenancy.members.manage", Roles.NetworkAdmin);
    internal static readonly Permission ReadTenant = new("tenancy.tenant.read", Roles.NetworkAdmin, Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission ManageTenant = new("tenancy.tenant.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ReadChapters = new("tenancy.chapters.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission ManageChapters = new("tenancy.chapters.manage", Roles.TenantAdmin);
}
