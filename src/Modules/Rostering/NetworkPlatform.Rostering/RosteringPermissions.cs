namespace NetworkPlatform.Rostering;

internal static class RosteringPermissions
{
    internal static readonly Permission ReadVolunteers = new("rostering.volunteers.read", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ManageVolunteers = new("rostering.volunteers.manage", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ReadProfile = new("rostering.profiles.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ChangeProfile = new("rostering.profiles.change", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ManageCoordinatorAddresses = new("rostering.coordinator-addresses.manage", Roles.TenantAdmin);

    /// <summary>Everybody may ask; only the volunteer themselves finds anything.</summary>
    internal static readonly Permission OwnWellbeing = new("rostering.wellbeing.own", [.. Roles.All]) { NeedsOwnSignIn = true };

    internal static readonly Permission ReadShifts = new("rostering.shifts.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission ManageRoles = new("rostering.roles.manage", Roles.TenantAdmin);
    internal static readonly Permission ManageShifts = new("rostering.shifts.manage", Roles.TenantAdmin, Roles.Coordinator);

    /// <summary>Volunteers too, for themselves.</summary>
    internal static readonly Permission SignUp = new("rostering.signups.create", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ReadSignUps = new("rostering.signups.read", Roles.TenantAdmin, Roles.Coordinator, Roles.Volunteer);
    internal static readonly Permission ManageSignUps = new("rostering.signups.manage", Roles.TenantAdmin, Roles.Coordinator);

    /// <summary>For any volunteer, where others may for themselves only.</summary>
    internal static readonly Permission ActForOthers = new("rostering.signups.others", Roles.TenantAdmin, Roles.Coordinator);

    /// <summary>Nobody may override their own limits.</summary>
    internal static readonly Permission OverrideLimits = new("rostering.limits.override", Roles.TenantAdmin, Roles.Coordinator);
    internal static readonly Permission ReadPolicy = new("rostering.policy.read", Roles.NetworkAdmin, Roles.TenantAdmin, Roles.Coordinator, Roles.Viewer, Roles.Volunteer);
    internal static readonly Permission ManagePolicy = new("rostering.policy.manage", Roles.NetworkAdmin, Roles.TenantAdmin);
}
