namespace NetworkPlatform.Identity.Keys;

/// <summary>A key that signs for the whole installation. Algorithm and generation are its key in the table, so that two nodes that make one at the same moment agree on the first.</summary>
[Shared("one issuer signs for every tenant")]
internal sealed class SigningKey
{
    /// <summary>As <see cref="SigningAlgorithm"/> names it.</summary>
    public required string Algorithm { get; init; }

    public required int Generation { get; init; }

    /// <summary>PKCS #8, by <see cref="AtRestEncryption"/>. The public key is taken from it, so that no other can be slipped in.</summary>
    public required byte[] EncryptedPrivateKey { get; init; }

    /// <summary>From when on it signs: it is published before.</summary>
    public required DateTimeOffset ActiveFrom { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
