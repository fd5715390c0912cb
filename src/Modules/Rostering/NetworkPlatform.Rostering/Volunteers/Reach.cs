namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Whom a caller may deal with. Everybody else is not there.</summary>
internal static class Reach
{
    /// <summary>Coordinators and administrators deal with every volunteer of the tenant, a volunteer with themselves.</summary>
    internal static IQueryable<Volunteer> WithinReachOf(this IQueryable<Volunteer> volunteers, Caller caller) =>
        caller.Has(Roles.TenantAdmin) || caller.Has(Roles.Coordinator) ? volunteers : volunteers.OwnOf(caller);

    /// <summary>The caller's own volunteer; whatever other roles they have.</summary>
    internal static IQueryable<Volunteer> OwnOf(this IQueryable<Volunteer> volunteers, Caller caller) =>
        Guid.TryParse(caller.Subject, out var account) ? volunteers.Where(v => v.AccountId == account) : volunteers.Where(_ => false);
}
