namespace NetworkPlatform.Identity.Keys;

/// <summary>What a token of another issuer must be.</summary>
/// <param name="Issuer">Its <c>iss</c>, exactly.</param>
/// <param name="Audience">Must be among its <c>aud</c>.</param>
/// <param name="Algorithms">Of <see cref="SigningAlgorithm.Verified"/>.</param>
/// <param name="Types">Of its <c>typ</c>, in any case; none for any, and for a token without one.</param>
internal sealed record ExpectedToken(string Issuer, string Audience, IReadOnlyList<string> Algorithms, IReadOnlyList<string> Types);

/// <summary>
/// Verifies tokens that others have signed: by a key that their configured issuer publishes, in an algorithm that was expected, for us, and now. What else a kind of token must hold
/// (a nonce, roles) is its reader's to check.
/// </summary>
internal sealed class ForeignTokens(Issuers issuers, TimeProvider clock)
{
    /// <summary>The token, if it is what was expected; else null.</summary>
    /// <exception cref="IssuerUnavailableException">The issuer's keys cannot be had.</exception>
    internal async ValueTask<JsonWebToken?> Verify(string text, ExpectedToken expected, CancellationToken cancellationToken) =>
        JsonWebToken.Read(text) is { } token
        && token.Issuer == expected.Issuer
        && token.IsFor(expected.Audience)
        && token.HoldsAt(clock.GetUtcNow())
        && token.Subject is { Length: > 0 and <= 255 }
        && expected.Algorithms.Contains(token.Algorithm, StringComparer.Ordinal)
        && SigningAlgorithm.Verified.Contains(token.Algorithm, StringComparer.Ordinal)
        && (expected.Types.Count == 0 || expected.Types.Contains(token.Type ?? "", StringComparer.OrdinalIgnoreCase))
        && await issuers.FindKey(expected.Issuer, token.KeyId, cancellationToken) is { } key
        && token.IsSignedBy(key)
            ? token
            : null;
}
