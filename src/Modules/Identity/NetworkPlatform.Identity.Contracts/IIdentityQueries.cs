namespace NetworkPlatform.Identity.Contracts;

/// <summary>What other modules may ask about people. Answers are within the current tenant.</summary>
public interface IIdentityQueries
{
    /// <summary>The tenant's members among those who have shown that one of the <paramref name="emails"/> is theirs.</summary>
    Task<IReadOnlyList<MemberInfo>> GetMembers(IReadOnlyCollection<string> emails, CancellationToken cancellationToken);
}

/// <summary>A member of the tenant.</summary>
public sealed record MemberInfo(Guid PersonId, string Email);
