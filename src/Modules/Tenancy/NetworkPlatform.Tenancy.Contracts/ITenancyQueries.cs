namespace NetworkPlatform.Tenancy.Contracts;

/// <summary>What other modules may ask about the network, its tenants and their chapters. Answers are within the current tenant.</summary>
public interface ITenancyQueries
{
    /// <summary>The chapters among <paramref name="ids"/> that exist.</summary>
    Task<IReadOnlyList<ChapterInfo>> GetChapters(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The chapters among <paramref name="slugs"/> that exist.</summary>
    Task<IReadOnlyList<ChapterInfo>> GetChaptersBySlug(IReadOnlyCollection<string> slugs, CancellationToken cancellationToken);

    /// <summary>Whether the tenant is a member at any depth below the current umbrella.</summary>
    Task<bool> HasMember(Guid memberId, CancellationToken cancellationToken);
}

/// <summary>A local branch of a tenant.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record ChapterInfo(Guid Id, string Slug, string Name, string TimeZone);
