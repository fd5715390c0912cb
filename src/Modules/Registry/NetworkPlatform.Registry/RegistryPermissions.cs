namespace NetworkPlatform.Registry;

internal static class RegistryPermissions
{
    internal static readonly Permission ReadGroups = new("registry.groups.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission ManageGroups = new("registry.groups.manage", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ManageSessions = new("registry.sessions.manage", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission Import = new("registry.imports.run", Roles.TenantAdmin, Roles.Coordinator);
}
