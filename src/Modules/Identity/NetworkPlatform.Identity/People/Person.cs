namespace NetworkPlatform.Identity.People;

/// <summary>
/// Somebody who can sign in: once for the whole network, whichever of its tenants they belong to. What they may do where is in their memberships; their id is the <c>sub</c>
/// of their tokens.
/// </summary>
[Shared("a person signs in once for all tenants of the network; what a tenant sees of them is its own membership")]
[AboutPerson(nameof(Id), Kept = true)]
internal sealed class Person : NetworkEntity
{
    internal const int NameLength = 200;
    internal const int EmailLength = 254;

    [Personal]
    public required string Name { get; set; }

    [Personal]
    public required string Email { get; set; }

    /// <summary>As ASP.NET Core Identity normalises it; unique in the network.</summary>
    [Personal(Secret = true)]
    public required string NormalizedEmail { get; set; }

    /// <summary>When the person has shown that the address is theirs; nobody signs in before.</summary>
    [Personal]
    public DateTimeOffset? EmailConfirmedAt { get; set; }

    /// <summary>BCP 47 tag of the language that pages and letters are in; the tenant's where it is null.</summary>
    [Personal]
    public string? Culture { get; set; }

    /// <summary>Null for somebody who signs in otherwise, or has not chosen a password yet.</summary>
    [Personal(Secret = true)]
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of how the person signs in; sessions and grants of before end with it.</summary>
    [OwnEyesOnly]
    public required string SecurityStamp { get; set; }

    /// <summary>The TOTP secret, by <see cref="AtRestEncryption"/>.</summary>
    [Personal(Secret = true)]
    public byte[]? AuthenticatorKey { get; set; }

    [Personal, OwnEyesOnly]
    public bool TwoFactorEnabled { get; set; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    [Personal(Secret = true)]
    public string[] RecoveryCodeHashes { get; set; } = [];

    /// <summary>The time step of the last TOTP code that was taken: no code counts twice.</summary>
    [OwnEyesOnly]
    public long LastTotpStep { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an administrator of the network shut them out; null where nobody has.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>When they were erased: only the id is left then, as the pseudonym that ledgers and audit keep.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>Somebody who has shown that the address is theirs. ASP.NET Core Identity adds the rest.</summary>
    internal static Person Known(string email, string name, DateTimeOffset now) => new()
    {
        Name = name.Trim(),
        Email = email.Trim(),
        NormalizedEmail = "",
        SecurityStamp = "",
        EmailConfirmedAt = now,
        CreatedAt = now,
    };

    /// <summary>What is left once all that is personal has been emptied. The address stays unique, though nobody's.</summary>
    internal void Erase(DateTimeOffset now) => (NormalizedEmail, ErasedAt) = ($"ERASED {Id}", now);

    internal bool MaySignIn => EmailConfirmedAt is not null && DisabledAt is null && ErasedAt is null;
}
