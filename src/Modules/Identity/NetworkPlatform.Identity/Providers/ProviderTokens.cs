using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NetworkPlatform.Identity.Keys;

namespace NetworkPlatform.Identity.Providers;

/// <summary>Whom a provider has signed in.</summary>
/// <param name="VerifiedEmail">Null where it knows none that it vouches for.</param>
/// <param name="Name">As it says; null where it does not.</param>
internal sealed record ExternalIdentity(string Issuer, string Subject, string? VerifiedEmail, string? Name);

/// <summary>Redeems a provider's code and believes nothing that is not signed by it, for us, and for this sign-in.</summary>
internal sealed class ProviderTokens(IHttpClientFactory clients, Issuers issuers, ForeignTokens tokens, ExternalSignIns external, AtRestEncryption encryption)
{
    private static readonly string[] Algorithms = [SigningAlgorithm.RS256, SigningAlgorithm.ES256];

    /// <returns>Null for whatever is not as it must be.</returns>
    internal async Task<ExternalIdentity?> Redeem(IdentityProvider provider, PendingSignIn pending, string code, CancellationToken cancellationToken)
    {
        try
        {
            var document = await issuers.Find(provider.Issuer, cancellationToken);
            var answer = await Exchange(provider, document, pending, code, cancellationToken);
            if (answer is not { } granted || Text(granted, "id_token") is not { } idToken
                || await tokens.Verify(idToken, new ExpectedToken(provider.Issuer, provider.ClientId, Algorithms, []), cancellationToken) is not { } token
                || token.Text("nonce") != pending.Nonce
                || (token.Text("azp") is { } party && party != provider.ClientId)
                || (token.Text("azp") is null && token.Texts("aud").Count > 1))
            {
                return null;
            }

            // Not every provider writes all of it into the ID token.
            var told = token.Claims;
            if (VerifiedEmail(told) is null || Text(told, "name") is null)
            {
                told = await AskUserInfo(document, Text(granted, "access_token"), token.Subject!, cancellationToken) ?? told;
            }

            return new ExternalIdentity(provider.Issuer, token.Subject!, VerifiedEmail(token.Claims) ?? VerifiedEmail(told), Text(token.Claims, "name") ?? Text(told, "name"));
        }
        catch (Exception exception) when (Issuers.IsTheirs(exception, cancellationToken))
        {
            return null;
        }
    }

    private async Task<JsonElement?> Exchange(IdentityProvider provider, IssuerDocument document, PendingSignIn pending, string code, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = external.RedirectUri,
            ["code_verifier"] = pending.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, document.Endpoint("token_endpoint"));
        var secret = provider.ReadSecret(encryption);
        var methods = document.Metadata.TryGetProperty("token_endpoint_auth_methods_supported", out var named) ? JsonWebToken.TextsOf(named) : [];
        if (secret is not null && (methods.Count == 0 || methods.Contains("client_secret_basic", StringComparer.Ordinal)))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}")));
        }
        else
        {
            form["client_id"] = provider.ClientId;
            if (secret is not null)
            {
                form["client_secret"] = secret;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        using var http = clients.CreateClient(OutboundRequests.ClientName);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
    }

    private async Task<JsonElement?> AskUserInfo(IssuerDocument document, string? accessToken, string subject, CancellationToken cancellationToken)
    {
        if (accessToken is null)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, document.Endpoint("userinfo_endpoint"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var http = clients.CreateClient(OutboundRequests.ClientName);
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        // An answer about somebody else is none (OpenID Connect Core 5.3.2).
        var claims = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return Text(claims, "sub") == subject ? claims : null;
    }

    private static string? VerifiedEmail(JsonElement claims) => claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty("email_verified", out var verified) && verified.ValueKind == JsonValueKind.True
        ? Text(claims, "email")
        : null;

    private static string? Text(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) ? JsonWebToken.TextOf(value) : null;
}
