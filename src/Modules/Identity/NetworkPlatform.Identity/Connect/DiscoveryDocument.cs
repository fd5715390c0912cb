using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>What a client library needs to know of the token service (OpenID Connect Discovery 1.0, RFC 8414), and its public keys (RFC 7517).</summary>
internal static class DiscoveryDocument
{
    internal const string Path = "/.well-known/openid-configuration";

    public sealed record Document(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("userinfo_endpoint")] string UserInfoEndpoint,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("pushed_authorization_request_endpoint")] string PushedAuthorizationRequestEndpoint,
        [property: JsonPropertyName("require_pushed_authorization_requests")] bool RequirePushedAuthorizationRequests,
        [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
        [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
        [property: JsonPropertyName("end_session_endpoint")] string EndSessionEndpoint,
        [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("response_modes_supported")] IReadOnlyList<string> ResponseModes,
        [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
        [property: JsonPropertyName("claims_supported")] IReadOnlyList<string> Claims,
        [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
        [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> IdTokenAlgorithms,
        [property: JsonPropertyName("code_challenge_methods_supported")] IReadOnlyList<string> CodeChallengeMethods,
        [property: JsonPropertyName("prompt_values_supported")] IReadOnlyList<string> Prompts,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethods,
        [property: JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> TokenEndpointAuthAlgorithms,
        [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")] IReadOnlyList<string> RevocationAuthMethods,
        [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] IReadOnlyList<string> IntrospectionAuthMethods,
        [property: JsonPropertyName("authorization_response_iss_parameter_supported")] bool AuthorizationResponseIssuer,
        [property: JsonPropertyName("request_parameter_supported")] bool RequestParameter,
        [property: JsonPropertyName("request_uri_parameter_supported")] bool RequestUriParameter,
        [property: JsonPropertyName("claims_parameter_supported")] bool ClaimsParameter,
        [property: JsonPropertyName("backchannel_logout_supported")] bool BackChannelLogout,
        [property: JsonPropertyName("backchannel_logout_session_supported")] bool BackChannelLogoutSession);

    private static readonly string[] WithSecretOrKey = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Describe).AllowAnonymous("clients discover the token service here").WithoutTenant();
        routes.MapGet("/.well-known/oauth-authorization-server", Describe).AllowAnonymous("clients discover the token service here").WithoutTenant();
        routes.MapGet($"{Path}/jwks", Keys).AllowAnonymous("public keys are public").WithoutTenant();
    }

    private static Document Describe(TokenSettings settings) => new(
        settings.Issuer,
        settings.Issuer + Authorize.Path,
        settings.Issuer + IssueToken.Path,
        settings.Issuer + ShowUserInfo.Path,
        settings.Issuer + Path + "/jwks",
        settings.Issuer + PushAuthorization.Path,
        settings.RequirePushedAuthorization,
        settings.Issuer + RevokeToken.Path,
        settings.Issuer + IntrospectToken.Path,
        settings.Issuer + LogOut.Path,
        [GrantType.AuthorizationCode, GrantType.RefreshToken, GrantType.ClientCredentials],
        ["code"],
        ["query"],
        TokenSettings.Scopes,
        ["sub", "iss", "aud", "exp", "iat", "auth_time", "amr", "nonce", "sid", "tenant", "name", "locale", "email", "email_verified"],
        ["public"],
        [SigningAlgorithm.RS256, SigningAlgorithm.ES256],
        ["S256"],
        ["none", "login", "consent"],
        [.. WithSecretOrKey, "none"],
        SigningAlgorithm.Verified,
        [.. WithSecretOrKey, "none"],
        WithSecretOrKey,
        AuthorizationResponseIssuer: true,
        RequestParameter: false,
        RequestUriParameter: false,
        ClaimsParameter: false,
        BackChannelLogout: true,
        BackChannelLogoutSession: true);

    private static async Task<JsonWebKeySet> Keys(SigningKeys keys, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return new JsonWebKeySet([.. (await keys.Published(cancellationToken)).Select(k => k.Public)]);
    }
}
