namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Whom a caller may deal with: coordinators and administrators with every volunteer of the tenant, a volunteer with themselves. Everybody else is not there.</summary>
internal static class Reach
{
    internal static IQueryable<Volunteer> WithinReachOf(this IQueryable<Volunteer> volunteers, Caller caller) =>
        caller.May(RosteringPermissions.ActForOthers) ? volunteers : volunteers.OwnOf(caller);

    /// <summary>The caller's own volunteer; whatever other roles they have.</summary>
    internal static IQueryable<Volunteer> OwnOf(this IQueryable<Volunteer> volunteers, Caller caller) =>
        caller.PersonId is { } account ? volunteers.Where(v => v.AccountId == account) : volunteers.Where(_ => false);

    /// <summary>The same as <see cref="WithinReachOf"/> for a volunteer who was read already.</summary>
    /// <param name="account">Of the volunteer who is to be acted for.</param>
    internal static bool MayActFor(this Caller caller, Guid? account) => caller.May(RosteringPermissions.ActForOthers) || caller.Is(account);

    /// <param name="account">Of a volunteer.</param>
    internal static bool Is(this Caller caller, Guid? account) => account is not null && account == caller.PersonId;

    /// <summary>The id given, else that of the caller's own volunteer; null where the caller has none.</summary>
    internal static async Task<Guid?> OrOwn(this RosteringDbContext db, Guid? volunteerId, Caller caller, CancellationToken cancellationToken) =>
        volunteerId ?? await db.Volunteers.OwnOf(caller).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken);

    internal static Invalid MustBeNamed(string field) => Invalid.Field(field, "Must be a volunteer's id; only volunteers with an account of their own may leave it out.");
}
