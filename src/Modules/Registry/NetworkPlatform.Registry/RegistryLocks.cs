namespace NetworkPlatform.Registry;

/// <summary>
/// Locks for the next query of the transaction. Who adds or moves sessions of a chapter, publishes or closes a group with them, or takes in its lists, waits for one another: each finds what the one before
/// has left, so that no group that has closed meanwhile gets any.
/// </summary>
internal static class RegistryLocks
{
    internal static void LockCalendar(this RegistryDbContext db, Guid chapterId) => db.LockNameAhead($"calendar {chapterId}");

    internal static void LockCalendarOf(this RegistryDbContext db, Guid groupId) =>
        db.LockNameToldAhead($"SELECT lower(concat('calendar ', chapter_id)) FROM registry.groups WHERE tenant_id = {db.TenantId} AND id = {groupId}");

    internal static void LockCalendarOfSession(this RegistryDbContext db, Guid sessionId) =>
        db.LockNameToldAhead($"SELECT lower(concat('calendar ', chapter_id)) FROM registry.sessions WHERE tenant_id = {db.TenantId} AND id = {sessionId}");
}
