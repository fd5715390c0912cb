namespace NetworkPlatform.Rostering;

/// <summary>Locks for the next query of the transaction, always the shift before people. None is taken where there is no such row.</summary>
internal static class RosteringLocks
{
    /// <summary>Two who compete for a shift's places wait for each other.</summary>
    internal static void LockShift(this RosteringDbContext db, Guid shiftId) =>
        db.LockAhead("rostering.shifts", $"tenant_id = {db.TenantId} AND id = {shiftId}");

    /// <summary>Two decisions on the person behind a volunteer wait for each other, in whichever tenants of the network they are made.</summary>
    internal static void LockPerson(this RosteringDbContext db, Guid volunteerId)
    {
        // The volunteer first: which person it is may be changing at this moment.
        db.LockNameAhead($"volunteer {volunteerId}");
        db.LockAhead(
            "rostering.network_volunteers",
            $"network_id = {db.NetworkId} AND id = (SELECT person_id FROM rostering.volunteers WHERE tenant_id = {db.TenantId} AND id = {volunteerId})");
    }

    /// <summary>The same, for a person that the volunteer is about to be.</summary>
    internal static void LockPersonById(this RosteringDbContext db, Guid personId) =>
        db.LockAhead("rostering.network_volunteers", $"network_id = {db.NetworkId} AND id = {personId}");
}
