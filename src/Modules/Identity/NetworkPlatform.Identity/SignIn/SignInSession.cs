using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>One browser in which a person has signed in. The cookie names it; it ends everywhere at once when the row says so.</summary>
[Shared("a person signs in once for all tenants of the network")]
[AboutPerson(nameof(PersonId), Kept = true, OwnEyesOnly = true)]
internal sealed class SignInSession : NetworkEntity
{
    internal const int UserAgentLength = 300;

    /// <summary>However busy: after a working day everybody signs in anew.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>A browser left alone, such as on a shared computer of a community centre.</summary>
    internal static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(1);

    /// <summary>What changes how somebody signs in needs proof no older than this.</summary>
    internal static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>The method of a sign-in at a tenant's own identity provider: see <see cref="OnlyIn"/>.</summary>
    internal const string Federated = "fed";

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
    [Personal]
    public string? UserAgent { get; init; }

    /// <summary>
    /// The one tenant that it holds in, where that tenant's own identity provider began it: else who runs a provider could be anybody, everywhere. It opens none of the person's own pages
    /// either. Null for the whole network.
    /// </summary>
    public Guid? OnlyIn { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    internal static SignInSession Begin(Person person, string[] methods, string? userAgent, DateTimeOffset now) => new()
    {
        PersonId = person.Id,
        SecurityStamp = person.SecurityStamp,
        CreatedAt = now,
        AuthenticatedAt = now,
        LastSeenAt = now,
        Methods = methods,
        UserAgent = userAgent is { Length: > UserAgentLength } ? userAgent[..(char.IsHighSurrogate(userAgent[UserAgentLength - 1]) ? UserAgentLength - 1 : UserAgentLength)] : userAgent,
    };

    internal bool IsAlive(DateTimeOffset now) => EndedAt is null && now < CreatedAt + Lifetime && now < LastSeenAt + IdleTimeout;

    internal bool IsFresh(DateTimeOffset now) => IsFresh(AuthenticatedAt, now);

    internal static bool IsFresh(DateTimeOffset? authenticatedAt, DateTimeOffset now) => now < authenticatedAt + FreshFor;
}
