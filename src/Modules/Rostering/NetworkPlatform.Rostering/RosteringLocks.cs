namespace NetworkPlatform.Rostering;

/// <summary>
/// Locks for the next query of the transaction: always shifts before people, and several of a kind in the order of their ids. By name rather than by row: the next in line goes on at once when
/// it is free, with nothing to write.
/// </summary>
internal static class RosteringLocks
{
    /// <summary>Who signs up for a shift does so beside others, and the count of its places says who was first. Whatever else is done about a shift waits for them, and they for it.</summary>
    internal static void ShareShift(this RosteringDbContext db, Guid shiftId) => db.ShareNameAhead($"shift {shiftId}");

    /// <summary>Two who change a shift, or give places of it back or on, wait for each other.</summary>
    internal static void LockShift(this RosteringDbContext db, Guid shiftId) => db.LockNameAhead($"shift {shiftId}");

    /// <summary>The shift that a sign-up is for, and is always for.</summary>
    internal static async Task LockShiftOf(this RosteringDbContext db, Guid signUpId, CancellationToken cancellationToken) =>
        db.LockShift(await db.SignUps.Where(s => s.Id == signUpId).Select(s => s.ShiftId).SingleOrDefaultAsync(cancellationToken));

    /// <summary>Two decisions on the person behind a volunteer wait for each other, in whichever tenants of the network they are made. The volunteer first: who it is may be changing.</summary>
    internal static void LockPerson(this RosteringDbContext db, Guid volunteerId)
    {
        db.LockNameAhead($"volunteer {volunteerId}");
        db.LockNameToldAhead($"SELECT lower(concat('person ', person_id)) FROM rostering.volunteers WHERE tenant_id = {db.TenantId} AND id = {volunteerId}");
    }

    /// <summary>Whom a volunteer is about to become. After the lock of who they are.</summary>
    internal static void LockPersonById(this RosteringDbContext db, Guid personId) => db.LockNameAhead($"person {personId}");

    internal static void LockShifts(this RosteringDbContext db, params IEnumerable<Guid> shiftIds) => shiftIds.Distinct().Order().ToList().ForEach(db.LockShift);

    internal static void LockPeople(this RosteringDbContext db, params IEnumerable<Guid> volunteerIds) => volunteerIds.Distinct().Order().ToList().ForEach(db.LockPerson);
}
