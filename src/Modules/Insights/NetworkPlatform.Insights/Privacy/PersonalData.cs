namespace NetworkPlatform.Insights.Privacy;

/// <summary>How volunteers' shifts ended. Which volunteers are somebody's, Rostering knows.</summary>
internal sealed class PersonalData(InsightsDbContext db) : IPersonalData
{
    public Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyCollection<Guid>>([]);

    public Task<IReadOnlyDictionary<string, object>> Export(DataSubject subject, CancellationToken cancellationToken) =>
        db.Read(() => db.ExportRecords(subject, cancellationToken), cancellationToken);

    public ICommand<Done> Erasure(ErasureOrder order) => new ErasePersonalData.Command(order);
}
