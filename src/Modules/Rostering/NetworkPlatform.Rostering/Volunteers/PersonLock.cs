namespace NetworkPlatform.Rostering.Volunteers;

internal static class PersonLock
{
    /// <summary>
    /// Locks the person behind a volunteer of this tenant until the transaction ends, by updating their row, so that no two decisions on one person are made side by
    /// side anywhere in the network. False where there is no such volunteer.
    /// </summary>
    internal static async Task<bool> LockPerson(this RosteringDbContext db, Guid volunteerId, CancellationToken cancellationToken) => await db.NetworkVolunteers
        .Where(p => db.Volunteers.Any(v => v.Id == volunteerId && v.PersonId == p.Id))
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.SignUps, p => p.SignUps + 1), cancellationToken) == 1;
}
