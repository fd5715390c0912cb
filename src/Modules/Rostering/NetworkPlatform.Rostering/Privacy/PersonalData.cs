using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Privacy;

/// <summary>Volunteers, found by their account or by an address that is proved to be theirs, and all that goes with them.</summary>
internal sealed class PersonalData(RosteringDbContext db, AtRestEncryption encryption) : IPersonalData
{
    public async Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken)
    {
        var keys = subject.Emails.SelectMany(email => NetworkVolunteer.KeysOf(db.TenantId, email)).ToList();
        return await db.Read(
            async () =>
            {
                var volunteers = await db.Volunteers
                    .Where(v => subject.Ids.Contains(v.Id) || (v.AccountId != null && subject.Ids.Contains(v.AccountId.Value)) || db.NetworkVolunteers.Any(p => p.Id == v.PersonId && keys.Contains(p.EmailKey)))
                    .Select(v => v.Id).ToListAsync(cancellationToken);
                var addresses = await db.CoordinatorAddresses.Select(a => new { a.Id, a.Email }).ToListAsync(cancellationToken);
                return volunteers.Concat(addresses.Where(a => subject.Emails.Contains(a.Email, StringComparer.OrdinalIgnoreCase)).Select(a => a.Id)).ToList();
            },
            cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken) => db.Read<IReadOnlyDictionary<string, object>>(
        async () =>
        {
            var records = await db.ExportRecords(subject, cancellationToken);
            if (!subject.IsAsking)
            {
                return records;
            }

            // Theirs are those that they have answered, not those of whom else the volunteer was before.
            var checkIns = await db.CheckIns.AsNoTracking().Where(c => subject.Ids.Contains(c.AccountId)).ToListAsync(cancellationToken);
            return new Dictionary<string, object>(records, StringComparer.Ordinal)
            {
                ["wellbeingCheckIn"] = checkIns.ConvertAll(c => new { c.Id, c.VolunteerId, c.At, c.Read(encryption).Questionnaire, c.Read(encryption).Answers }),
            };
        },
        cancellationToken);

    public ICommand<Done> Erasure(ErasureOrder order) => new ErasePersonalData.Command(order);
}
