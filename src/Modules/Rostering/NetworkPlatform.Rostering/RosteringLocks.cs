namespace NetworkPlatform.Rostering;

/// <summary>Locks for the next query of the transaction: always shifts before people, and several of a kind in the order of their ids. None is taken where there is no such row.</summary>
internal static class RosteringLocks
{
    /// <summary>Two who compete for a shift's places wait for each other.</summary>
    internal static void LockShift(this RosteringDbContext db, Guid shiftId) =>
        db.LockAhead("rostering.shifts", $"tenant_id = {db.TenantId} AND id = {shiftId}");

    /// <summary>The shift that a sign-up is for.</summary>
    internal static void LockShiftOf(this RosteringDbContext db, Guid signUpId) =>
        db.LockAhead("rostering.shifts", $"tenant_id = {db.TenantId} AND id = (SELECT shift_id FROM rostering.sign_ups WHERE tenant_id = {db.TenantId} AND id = {signUpId})");

    /// <summary>Two decisions on the person behind a volunteer wait for each other, in whichever tenants of the network they are made. The volunteer first: who it is may be changing.</summary>
    internal static void LockPerson(this RosteringDbContext db, Guid volunteerId)
    {
        db.LockNameAhead($"volunteer {volunteerId}");
        db.LockAhead(
            "rostering.network_volunteers",
            $"network_id = {db.NetworkId} AND id = (SELECT person_id FROM rostering.volunteers WHERE tenant_id = {db.TenantId} AND id = {volunteerId})");
    }

    internal static void LockShifts(this RosteringDbContext db, params IEnumerable<Guid> shiftIds)
    {
        foreach (var id in shiftIds.Distinct().Order())
        {
            db.LockShift(id);
        }
    }

    internal static void LockPeople(this RosteringDbContext db, params IEnumerable<Guid> volunteerIds)
    {
        foreach (var id in volunteerIds.Distinct().Order())
        {
            db.LockPerson(id);
        }
    }
}
