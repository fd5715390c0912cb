namespace NetworkPlatform.Identity.SignIn;

/// <summary>One browser in which a person has signed in. The cookie names it; it ends everywhere at once when the row says so.</summary>
[Shared("a person signs in once for all tenants of the network")]
internal sealed class SignInSession : NetworkEntity
{
    internal const int UserAgentLength = 300;

    public required Guid PersonId { get; init; }

    /// <summary>The person's at sign-in: a session is void once it differs.</summary>
    public required string SecurityStamp { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person last proved who they are: the <c>auth_time</c> of tokens.</summary>
    public required DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>How, as RFC 8176 names it: <c>pwd</c>, <c>otp</c>, <c>hwk</c>, <c>mfa</c> …</summary>
    public required string[] Methods { get; set; }

    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>What the browser called itself, so that its owner recognises it in the list.</summary>
    public string? UserAgent { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}
