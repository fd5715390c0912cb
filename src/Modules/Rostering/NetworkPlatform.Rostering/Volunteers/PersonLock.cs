namespace NetworkPlatform.Rostering.Volunteers;

internal static class PersonLock
{
    /// <summary>
    /// Locks the person behind a volunteer of this tenant until the transaction ends, by updating their row, so that no two decisions on one person are made side by
    /// side anywhere in the network. Null where there is no such volunteer.
    /// </summary>
    internal static async Task<Guid?> LockPerson(this RosteringDbContext db, Guid volunteerId, CancellationToken cancellationToken)
    {
        var personId = await db.Volunteers.Where(v => v.Id == volunteerId).Select(v => (Guid?)v.PersonId).SingleOrDefaultAsync(cancellationToken);
        if (personId is not null)
        {
            await db.NetworkVolunteers.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.SignUps, p => p.SignUps + 1), cancellationToken);
        }

        return personId;
    }
}
