namespace NetworkPlatform.Rostering;

internal static class RosteringPermissions
{
    internal static readonly Permission ReadVolunteers = new("rostering.volunteers.read", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ManageVolunteers = new("rostering.volunteers.manage", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ReadProfile = new("rostering.profiles.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ChangeProfile = new("rostering.profiles.change", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ReadShifts = new("rostering.shifts.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission SignUp = new("rostering.signups.create", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ManageSignUps = new("rostering.signups.manage", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ReadPolicy = new("rostering.policy.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Viewer, Roles.Volunteer);
}
