namespace NetworkPlatform.Registry.Contracts;

/// <summary>What other modules may ask about groups. Answers are within the current tenant.</summary>
public interface IRegistryQueries
{
    /// <summary>The groups among <paramref name="ids"/> that exist.</summary>
    Task<IReadOnlyList<GroupInfo>> GetGroups(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>A support group.</summary>
public sealed record GroupInfo(Guid Id, string Name, Guid ChapterId, bool IsClosed);
