namespace NetworkPlatform.Identity.People;

/// <summary>A passkey (WebAuthn credential) by which a person signs in: its public half.</summary>
[Shared("a person signs in once for all tenants of the network")]
[AboutPerson(nameof(PersonId), OwnEyesOnly = true)]
internal sealed class Passkey : NetworkEntity
{
    internal const int NameLength = 100;
    internal const int CredentialIdLength = 1023;

    public required Guid PersonId { get; init; }

    [Personal(Secret = true)]
    public required byte[] CredentialId { get; init; }

    [Personal(Secret = true)]
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner knows it by.</summary>
    [Personal]
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The authenticator's own count of signatures; one that goes backwards is a copy.</summary>
    public required long SignCount { get; set; }

    /// <summary>When the challenge was made that it has answered last: what was made before counts no more.</summary>
    public DateTimeOffset? LastChallengeAt { get; set; }

    public required string[] Transports { get; init; }

    public required bool IsUserVerified { get; set; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; set; }

    [Personal(Secret = true)]
    public required byte[] AttestationObject { get; init; }

    [Personal(Secret = true)]
    public required byte[] ClientDataJson { get; init; }
}
