namespace NetworkPlatform.Identity.Connect;

/// <summary>A client that has to be told when a session ends, wherever in the network that happens (OpenID Connect Back-Channel Logout 1.0). It goes when the client has been told.</summary>
[Shared("a session ends for all tenants of the network at once, and their clients have to be told")]
[Pseudonymous("goes when the client has been told that the session has ended")]
internal sealed class LogoutNotice : NetworkEntity
{
    public required Guid SessionId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Public id.</summary>
    public required string ClientId { get; init; }

    public required string Address { get; init; }

    /// <summary>What the client's ID tokens are signed in; RS256 where it is null.</summary>
    public string? Algorithm { get; init; }
}
