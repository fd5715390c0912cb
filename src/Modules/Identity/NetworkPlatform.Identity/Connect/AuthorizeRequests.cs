using System.Buffers.Text;
using System.Globalization;
using Microsoft.Extensions.Options;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A request to act for a person, checked (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).</summary>
/// <param name="Tenant">The one that the tokens will be for.</param>
/// <param name="MaxAge">How long ago the person may have proven who they are.</param>
internal sealed record AuthorizeRequest(
    KnownClient Client, TenantInfo Tenant, string RedirectUri, string? State, IReadOnlyList<string> Scopes, string CodeChallenge, string? Nonce,
    IReadOnlyList<string> Prompts, TimeSpan? MaxAge, Guid? Subject)
{
    internal bool AsksFor(string prompt) => Prompts.Contains(prompt, StringComparer.Ordinal);
}

/// <summary>The redirect address is none of the client's: nothing may be sent there.</summary>
internal sealed record RedirectRefused() : Refused("invalid_request", "redirect_uri is missing, or is none of those that the client has registered.");

/// <summary>Checks authorization requests, whichever way they come.</summary>
internal sealed class AuthorizeRequests(ITenantStore tenants, HostStrategy hosts, IOptions<TenantResolutionOptions> resolution, IdTokens idTokens)
{
    private const string TenantPrefix = "tenant:";
    private const int LongestText = 2000;

    private static readonly string[] KnownPrompts = ["none", "login", "consent"];

    /// <summary>The first thing wrong with it. Before the redirect address is known to be the client's own, nothing else is looked at.</summary>
    internal async Task<Result<AuthorizeRequest>> Validate(KnownClient client, ProtocolRequest request, HttpContext http)
    {
        if (request["redirect_uri"] is not { } redirectUri || !RedirectUris.Contains(client.Client.RedirectUris, redirectUri))
        {
            return new RedirectRefused();
        }

        if (Shape(request) is { } wrong)
        {
            return wrong;
        }

        var scopes = request.List("scope");
        if (scopes.Count == 0 || scopes.FirstOrDefault(s => s != Scope.OpenId && !client.Client.Scopes.Contains(s, StringComparer.Ordinal)) is not null)
        {
            return new Refused("invalid_scope", scopes.Count == 0 ? "scope is missing." : "The client may not ask for one of these scopes.");
        }

        var prompts = request.List("prompt");
        if (prompts.Except(KnownPrompts, StringComparer.Ordinal).Any() || (prompts.Contains("none", StringComparer.Ordinal) && prompts.Count > 1))
        {
            return new Refused("invalid_request", $"prompt must be none alone, or some of {string.Join(", ", KnownPrompts[1..])}.");
        }

        var maxAge = TimeSpan.Zero;
        if (request["max_age"] is { } age)
        {
            if (!int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return new Refused("invalid_request", "max_age must be a number of seconds.");
            }

            maxAge = TimeSpan.FromSeconds(seconds);
        }

        Guid? subject = null;
        if (request["id_token_hint"] is { } hint)
        {
            if (await idTokens.ReadHint(hint, http.RequestAborted) is not { } token || !Guid.TryParseExact(token.Subject, "D", out var person))
            {
                return new Refused("invalid_request", "id_token_hint is no ID token of ours.");
            }

            subject = person;
        }

        return await TenantOf(client, request, http) is { } tenant
            ? new AuthorizeRequest(client, tenant, redirectUri, request["state"], scopes, request["code_challenge"]!, request["nonce"], prompts, request["max_age"] is null ? null : maxAge, subject)
            : new Refused("invalid_request", "There is no such tenant for this client.");
    }

    private static Refused? Shape(ProtocolRequest request) => request switch
    {
        _ when request["request"] is not null => new Refused("request_not_supported", "Request objects are not supported."),
        _ when request["request_uri"] is not null => new Refused("request_uri_not_supported", "request_uri is for what was pushed before, and stands alone."),
        _ when request["registration"] is not null => new Refused("registration_not_supported", "Registration is not supported."),
        _ when request["response_type"] is null => new Refused("invalid_request", "response_type is missing."),
        _ when request["response_type"] != "code" => new Refused("unsupported_response_type", "response_type must be code."),
        _ when request["response_mode"] is not (null or "query") => new Refused("invalid_request", "response_mode must be query."),
        _ when request["code_challenge_method"] != "S256" => new Refused("invalid_request", "code_challenge_method must be S256."),
        _ when request["code_challenge"] is not { Length: >= 43 and <= 128 } challenge || !Base64Url.IsValid(challenge) => new Refused("invalid_request", "code_challenge must have 43 to 128 base64url characters."),
        _ when request["state"] is { Length: > LongestText } || request["nonce"] is { Length: > LongestText } => new Refused("invalid_request", $"state and nonce must have at most {LongestText} characters."),
        _ when !ValidationRules.IsStorable(request["nonce"]) => new Refused("invalid_request", "nonce must not hold the character U+0000."),
        _ => null,
    };

    /// <summary>The one that is asked for, or the host name's, or the client's own; null where it is not the client's to ask for. It is not told whether there is one of that name.</summary>
    private async Task<TenantInfo?> TenantOf(KnownClient client, ProtocolRequest request, HttpContext http)
    {
        var asked = request.List("acr_values").FirstOrDefault(v => v.StartsWith(TenantPrefix, StringComparison.Ordinal))?[TenantPrefix.Length..]
            ?? (hosts.NameIn(http.Request.Host) is { } name && resolution.Value.MayName(name) ? name : null);
        if (asked is null || string.Equals(asked, client.Tenant.Identifier, StringComparison.OrdinalIgnoreCase))
        {
            return client.Tenant;
        }

        return client.Client.Below && await tenants.GetByIdentifierAsync(asked, http.RequestAborted) is { IsSuspended: false } tenant && tenant.Ancestors.Contains(client.Tenant.Identifier, StringComparer.Ordinal)
            ? tenant
            : null;
    }
}
