namespace NetworkPlatform.Identity;

internal static class IdentityPermissions
{
    internal static readonly Permission ReadAudit = new("identity.audit.read", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ManagePrivacy = new("identity.privacy.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ManageProvider = new("identity.provider.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ReadClients = new("identity.clients.read", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ManageClients = new("identity.clients.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ReadMembers = new("identity.members.read", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ManageMembers = new("identity.members.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
    internal static readonly Permission ManagePeople = new("identity.people.manage", Roles.NetworkAdmin);
    internal static readonly Permission ManageMemberClients = new("identity.member-clients.manage", Roles.NetworkAdmin);
}
