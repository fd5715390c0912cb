namespace NetworkPlatform.Registry;

/// <summary>
/// Locks for the next query of the transaction. Who adds sessions of a chapter, ends them with their group, or takes in its lists, waits for one another: each finds what the one before has left, so that
/// no group that has closed meanwhile gets any.
/// </summary>
internal static class RegistryLocks
{
    internal static void LockCalendar(this RegistryDbContext db, Guid chapterId) => db.LockNameAhead($"calendar {chapterId}");

    internal static void LockCalendarOf(this RegistryDbContext db, Guid groupId) =>
        db.LockNameToldAhead($"SELECT lower(concat('calendar ', chapter_id)) FROM registry.groups WHERE tenant_id = {db.TenantId} AND id = {groupId}");
}
