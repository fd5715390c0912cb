namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Volunteers act for themselves only: anybody else's record is not there for them.</summary>
internal static class OwnVolunteer
{
    /// <param name="account">Of the volunteer who is to be acted for.</param>
    internal static bool MayActFor(this Caller caller, Guid? account) => caller.May(RosteringPermissions.ActForOthers) || (account is not null && account == caller.PersonId);

    /// <summary>The id given, else that of the caller's own record; null where the caller has none.</summary>
    internal static async Task<Guid?> OrOwn(this RosteringDbContext db, Guid? volunteerId, Caller caller, CancellationToken cancellationToken) =>
        volunteerId ?? (caller.PersonId is { } account
            ? await db.Volunteers.Where(v => v.AccountId == account).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken)
            : null);

    internal static Invalid MustBeNamed(string field) => Invalid.Field(field, "Must be a volunteer's id; only volunteers with an account of their own may leave it out.");
}
