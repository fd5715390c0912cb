using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Memory;
using NetworkPlatform.Identity.Clients;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>
/// Makes and verifies JWT access tokens: RFC 9068 profile, ES256 only. The header decides nothing: algorithm, type and key are what we expect or the
/// token is refused, and embedded or linked keys are ignored.
/// </summary>
internal sealed class AccessTokens(SigningKeys keys, TokenSettings settings, TimeProvider clock) : IDisposable
{
    private const string Algorithm = "ES256";
    private const string Type = "at+jwt";
    private const int MaxLength = 8192;

    /// <summary>For a clock that another node set.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    // A token verified once need not be again until it ends: the signature is most of a small request's cost. The token itself is the key, and it
    // names its tenant, so nothing crosses tenants here.
    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public void Dispose() => verified.Dispose();

    /// <summary>A token for the client, and how long it holds: never longer than the client's roles.</summary>
    internal async Task<(string Token, TimeSpan Lifetime)> Issue(ApiClient client, string tenant, CancellationToken cancellationToken)
    {
        var key = await keys.Current(cancellationToken);
        var now = clock.GetUtcNow();
        var header = new Header(Algorithm, Type, key.KeyId);
        var lifetime = client.ValidUntil - now is { } left && left < TokenSettings.AccessTokenLifetime ? left : TokenSettings.AccessTokenLifetime;
        var clientId = ApiClient.ClientIdOf(client.TenantId, client.Id);
        var payload = new Payload(
            settings.Issuer, clientId, TokenSettings.Audience, (now + lifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(),
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), clientId, tenant, client.Roles, TokenSettings.Scope,
            client.Chapters is { Length: > 0 } chapters ? chapters : null, client.Below ? true : null);
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return ($"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}", lifetime);
    }

    /// <summary>The caller that the token stands for; null for anything but a valid token of ours.</summary>
    internal async ValueTask<ClaimsPrincipal?> Verify(string token, CancellationToken cancellationToken)
    {
        if (verified.TryGetValue(token, out Verified? known) && known!.ExpiresAt > clock.GetUtcNow())
        {
            return known.Caller;
        }

        if (token.Length > MaxLength || Check(token, await keys.Current(cancellationToken)) is not { } fresh)
        {
            return null;
        }

        verified.Set(token, fresh, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TokenSettings.AccessTokenLifetime });
        return fresh.Caller;
    }

    private Verified? Check(string token, LoadedKey key)
    {
        if (token.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Header>(Base64Url.DecodeFromChars(header)) is { Algorithm: Algorithm, Type: Type, Critical: null } expected
                && expected.KeyId == key.KeyId
                && key.Verify(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature))
                && JsonSerializer.Deserialize<Payload>(Base64Url.DecodeFromChars(payload)) is { } claims
                && IsForUsNow(claims)
                    ? new Verified(CallerOf(claims), DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt))
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static ClaimsPrincipal CallerOf(Payload claims)
    {
        var identity = new ClaimsIdentity(AccessTokenAuthentication.SchemeName, Caller.SubjectClaim, Caller.RoleClaim);
        identity.AddClaim(new Claim(Caller.SubjectClaim, claims.Subject));
        identity.AddClaim(new Claim(Caller.TenantClaim, claims.Tenant));
        foreach (var role in claims.Roles)
        {
            identity.AddClaim(new Claim(Caller.RoleClaim, role));
        }

        foreach (var chapter in claims.Chapters ?? [])
        {
            identity.AddClaim(new Claim(Caller.ChapterClaim, chapter.ToString()));
        }

        if (claims.Below == true)
        {
            identity.AddClaim(new Claim(Caller.BelowClaim, "true"));
        }

        return new ClaimsPrincipal(identity);
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private bool IsForUsNow(Payload claims)
    {
        var now = clock.GetUtcNow();
        return claims.Issuer == settings.Issuer
            && claims.Audience == TokenSettings.Audience
            && DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt) > now
            && DateTimeOffset.FromUnixTimeSeconds(claims.IssuedAt) <= now + ClockSkew
            && claims is { Subject.Length: > 0, ClientId.Length: > 0, TokenId.Length: > 0, Tenant.Length: > 0, Roles: not null };
    }

    private sealed record Verified(ClaimsPrincipal Caller, DateTimeOffset ExpiresAt);

    private sealed record Header(
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("typ")] string Type,
        [property: JsonPropertyName("kid")] string KeyId,
        [property: JsonPropertyName("crit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Critical = null);

    private sealed record Payload(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("jti")] string TokenId,
        [property: JsonPropertyName("client_id")] string ClientId,
        [property: JsonPropertyName("tenant")] string Tenant,
        [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
        [property: JsonPropertyName("scope")] string Scope,
        [property: JsonPropertyName("chapters"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Chapters,
        [property: JsonPropertyName("below"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Below);
}
