namespace NetworkPlatform.Identity.Privacy;

/// <summary>Accounts, memberships, and what people did, as the audit tells it.</summary>
internal sealed class PersonalData(IdentityDbContext db) : IPersonalData
{
    public async Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken) =>
        await db.Read(() => db.Memberships.Where(m => subject.Ids.Contains(m.PersonId)).Select(m => m.PersonId).Distinct().ToListAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken) => db.Read<IReadOnlyDictionary<string, object>>(
        async () =>
        {
            List<AuditItem> acts = [];
            foreach (var id in subject.Ids)
            {
                var paging = new Paging(100, null);
                while (await db.ReadAudit(new AuditFilter(id.ToString(), null, null, null, null), paging, cancellationToken) is var page)
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

    public ICommand<Done> Erasure(ErasureOrder order) => new ErasePersonalData.Command(order);
}
