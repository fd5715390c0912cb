using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Connect;
using NetworkPlatform.Identity.Keys;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>Makes ID tokens (OpenID Connect Core §2), which tell a client who has signed in and when, and logout tokens (Back-Channel Logout §2.4), which tell it that they are gone.</summary>
internal sealed class IdTokens(SigningKeys keys, TokenSettings settings, TimeProvider clock)
{
    internal const string Type = "JWT";

    private const string LogoutType = "logout+jwt";
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly TimeSpan LogoutLifetime = TimeSpan.FromMinutes(2);

    internal async ValueTask<string> Issue(Grant grant, ApiClient client, string tenant, string accessToken, string? nonce, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var half = SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16);
        var claims = new IdToken(
            settings.Issuer, grant.PersonId.ToString("D"), client.PublicId, (now + TokenSettings.IdTokenLifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(),
            grant.AuthenticatedAt.ToUnixTimeSeconds(), grant.Methods, grant.SessionId.ToString("D"), tenant, Base64Url.EncodeToString(half), nonce);
        return JsonWebToken.Sign(await keys.Current(client.IdTokenAlgorithm ?? SigningAlgorithm.RS256, cancellationToken), Type, claims);
    }

    /// <summary>Its <c>jti</c> is the notice's id, so that a second delivery is recognised.</summary>
    internal async ValueTask<string> IssueLogout(LogoutNotice notice, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claims = new LogoutToken(
            settings.Issuer, notice.PersonId.ToString("D"), notice.ClientId, (now + LogoutLifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), notice.Id.ToString("N"), notice.SessionId.ToString("D"),
            new Dictionary<string, object>(StringComparer.Ordinal) { [LogoutEvent] = new { } });
        return JsonWebToken.Sign(await keys.Current(notice.Algorithm ?? SigningAlgorithm.RS256, cancellationToken), LogoutType, claims);
    }

    /// <summary>An ID token that somebody shows us to say whom they mean: ours, for anybody, and it may have ended long ago. Null for anything else.</summary>
    internal async ValueTask<JsonWebToken?> ReadHint(string text, CancellationToken cancellationToken) =>
        JsonWebToken.Read(text) is { Type: Type, KeyId: { } keyId } token
        && token.Issuer == settings.Issuer
        && await keys.Find(keyId, cancellationToken) is { } key
        && token.IsSignedBy(key.Public)
            ? token
            : null;

    private sealed record IdToken(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("auth_time")] long AuthenticatedAt,
        [property: JsonPropertyName("amr")] IReadOnlyList<string> Methods,
        [property: JsonPropertyName("sid")] string SessionId,
        [property: JsonPropertyName("tenant")] string Tenant,
        [property: JsonPropertyName("at_hash")] string AccessTokenHash,
        [property: JsonPropertyName("nonce"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Nonce);

    private sealed record LogoutToken(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("jti")] string TokenId,
        [property: JsonPropertyName("sid")] string SessionId,
        [property: JsonPropertyName("events")] IReadOnlyDictionary<string, object> Events);
}
