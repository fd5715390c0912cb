using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Merging;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>Accounts, also those that were merged into them, memberships, invitations, and what people did, as the audit tells it.</summary>
internal sealed class PersonalData(IdentityDbContext db, AuditReading audit, ILookupNormalizer normalizer) : IPersonalData
{
    public async Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken)
    {
        var emails = subject.Emails.Select(normalizer.NormalizeEmail).ToList();
        return await db.Read(
            async () =>
            {
                // Nobody but the person is told of accounts that they have or had elsewhere.
                var accounts = await db.WithAbsorbed(subject.Ids, cancellationToken);
                var people = await (subject.IsAsking
                    ? db.People.Where(p => accounts.Contains(p.Id)).Select(p => p.Id)
                    : db.Memberships.Where(m => accounts.Contains(m.PersonId)).Select(m => m.PersonId).Distinct()).ToListAsync(cancellationToken);
                var invitations = await db.Invitations
                    .Where(i => emails.Contains(i.NormalizedEmail) || (i.VolunteerId != null && subject.Ids.Contains(i.VolunteerId.Value))).Select(i => i.Id).ToListAsync(cancellationToken);
                return people.Concat(invitations).ToList();
            },
            cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken) => db.Read<IReadOnlyDictionary<string, object>>(
        async () =>
        {
            List<AuditItem> acts = [];
            foreach (var id in subject.Ids)
            {
                var paging = new Paging(100, null);
                while (await audit.Read(db, new AuditFilter { Actor = id.ToString() }, paging, cancellationToken) is var page)
                {
                    acts.AddRange(page.Items);
                    if (page.NextCursor is null)
                    {
                        break;
                    }

                    paging = paging with { Cursor = page.NextCursor };
                }
            }

            return new Dictionary<string, object>(await db.ExportRecords(subject, cancellationToken), StringComparer.Ordinal) { ["acts"] = acts };
        },
        cancellationToken);

    public Task<bool> HaveReturned(IReadOnlyCollection<Guid> ids, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Read(() => db.Memberships.AnyAsync(m => ids.Contains(m.PersonId) && m.JoinedAt > since, cancellationToken), cancellationToken);

    public ICommand<Done> Erasure(ErasureOrder order) => new ErasePersonalData.Command(order);
}
