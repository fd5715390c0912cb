namespace NetworkPlatform.Rostering.Shifts;

internal static class ShiftsOfSession
{
    /// <summary>A session's shifts, read once nobody else is at work on them; none where they have not been opened yet.</summary>
    internal static async Task<List<Shift>> LockShiftsOf(this RosteringDbContext db, Guid sessionId, CancellationToken cancellationToken)
    {
        var ofSession = db.Shifts.Where(s => s.SessionId == sessionId);
        var ids = await ofSession.Select(s => s.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        db.LockShifts(ids);
        return await ofSession.ToListAsync(cancellationToken);
    }
}
