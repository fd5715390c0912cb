using System.Buffers.Text;
using System.Text.Json.Serialization;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>What a client library needs to know of the token service (OpenID Connect Discovery 1.0, RFC 8414), and its public keys (RFC 7517).</summary>
internal static class DiscoveryDocument
{
    internal const string Path = "/.well-known/openid-configuration";

    public sealed record Document(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethods);

    public sealed record Key(
        [property: JsonPropertyName("kty")] string KeyType,
        [property: JsonPropertyName("crv")] string Curve,
        [property: JsonPropertyName("use")] string Use,
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("kid")] string KeyId,
        [property: JsonPropertyName("x")] string X,
        [property: JsonPropertyName("y")] string Y);

    public sealed record KeySet([property: JsonPropertyName("keys")] IReadOnlyList<Key> Keys);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Describe).AllowAnonymous("clients discover the token service here").WithoutTenant();
        routes.MapGet("/.well-known/oauth-authorization-server", Describe).AllowAnonymous("clients discover the token service here").WithoutTenant();
        routes.MapGet($"{Path}/jwks", Keys).AllowAnonymous("public keys are public").WithoutTenant();
    }

    private static Document Describe(TokenSettings settings) => new(
        settings.Issuer,
        settings.Issuer + IssueToken.Path,
        settings.Issuer + Path + "/jwks",
        [IssueToken.GrantType],
        [],
        [TokenSettings.Scope],
        ["client_secret_basic", "client_secret_post"]);

    private static async Task<KeySet> Keys(SigningKeys keys, CancellationToken cancellationToken)
    {
        var key = await keys.Current(cancellationToken);
        return new KeySet([new Key(
            "EC", "P-256", "sig", "ES256", key.KeyId, Base64Url.EncodeToString(key.Parameters.Q.X), Base64Url.EncodeToString(key.Parameters.Q.Y))]);
    }
}
