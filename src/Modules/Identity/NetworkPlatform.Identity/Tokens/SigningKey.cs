namespace NetworkPlatform.Identity.Tokens;

/// <summary>A P-256 key that signs access tokens for the whole installation. The generation is the key, so that two nodes that start together agree on one.</summary>
[Shared("one issuer signs for every tenant")]
internal sealed class SigningKey
{
    public required int Generation { get; init; }

    /// <summary>The JWK's kid.</summary>
    public required string KeyId { get; init; }

    /// <summary>Public point, 32 bytes each.</summary>
    public required byte[] X { get; init; }

    public required byte[] Y { get; init; }

    /// <summary>The private scalar, by <see cref="AtRestEncryption"/>.</summary>
    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
