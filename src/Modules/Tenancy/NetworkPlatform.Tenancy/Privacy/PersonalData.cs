namespace NetworkPlatform.Tenancy.Privacy;

/// <summary>The address at which the tenant's first administrator was invited. The row that holds it is the tenant's, so the tenant's id stands for it.</summary>
internal sealed class PersonalData(TenancyDbContext db) : IPersonalData
{
    public async Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken)
    {
        var invited = await db.Tenants.Where(t => t.Id == db.TenantId).Select(t => new { t.Id, t.AdminEmail }).SingleOrDefaultAsync(cancellationToken);
        return invited?.AdminEmail is { } email && subject.Emails.Contains(email, StringComparer.OrdinalIgnoreCase) ? [invited.Id] : [];
    }

    public async Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken)
    {
        var invited = await db.Tenants.Where(t => t.Id == db.TenantId && subject.Ids.Contains(t.Id)).Select(t => new { t.Id, t.AdminEmail }).ToListAsync(cancellationToken);
        return new Dictionary<string, object>(StringComparer.Ordinal) { ["tenant"] = invited };
    }

    public ICommand<Done> Erasure(ErasureOrder order) => new ErasePersonalData.Command(order);
}
