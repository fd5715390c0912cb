using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A client and the tenant that it belongs to.</summary>
internal sealed record KnownClient(ApiClient Client, TenantInfo Tenant)
{
    internal string Id => Client.PublicId;
}

/// <summary>
/// Which client is asking, and whether it is that: by its secret (RFC 6749 §2.3.1), by a token that it has signed (RFC 7523, private_key_jwt), or by its name alone where it can keep no secret.
/// </summary>
internal sealed partial class ClientAuthentication(ITenantStore tenants, TenantScopes scopes, TokenSettings settings, ILogger<ClientAuthentication> logger, TimeProvider clock)
{
    private const string BasicPrefix = "Basic ";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>An assertion that lives longer could be used by others for longer.</summary>
    private static readonly TimeSpan LongestAssertion = TimeSpan.FromMinutes(10);

    /// <summary>A client that is valid now, without any proof; null where there is none.</summary>
    internal async Task<KnownClient?> Find(string? publicId, CancellationToken cancellationToken)
    {
        if (ApiClient.ParseClientId(publicId ?? "") is not var (tenantId, clientId) || await tenants.GetAsync(tenantId, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return null;
        }

        var client = await scopes.Read(tenant, db => db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId, cancellationToken), cancellationToken);
        return client?.IsValidAt(clock.GetUtcNow()) == true ? new KnownClient(client, tenant) : null;
    }

    /// <summary>The form of a request, and the client that has sent it, proven.</summary>
    internal async Task<Result<(ProtocolRequest Request, KnownClient Client)>> ReadForm(HttpContext http)
    {
        var request = await ProtocolRequest.ReadForm(http);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        var client = await Authenticate(http, request.Value);
        return client.IsSuccess ? (request.Value, client.Value) : client.Error;
    }

    /// <summary>The client, proven. From then on it is the request's caller, for the audit log.</summary>
    internal async Task<Result<KnownClient>> Authenticate(HttpContext http, ProtocolRequest request)
    {
        // Other schemes in that header are no credentials of a client.
        var header = http.Request.Headers.Authorization.ToString();
        var basic = ReadBasic(header);
        var ways = (header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase) ? 1 : 0) + (request["client_secret"] is null ? 0 : 1) + (request["client_assertion"] is null && request["client_assertion_type"] is null ? 0 : 1);
        if (ways > 1 || (basic is { } given && request["client_id"] is { } inForm && inForm != given.Id))
        {
            return new Refused("invalid_request", "Give the client's credentials once, in one way.");
        }

        var assertion = request["client_assertion_type"] == AssertionType && request["client_assertion"] is { } text ? JsonWebToken.Read(text) : null;
        var known = await Find(basic?.Id ?? request["client_id"] ?? assertion?.Subject, http.RequestAborted);
        if (known is null || !await IsProven(known, http, ways == 0, basic?.Secret ?? request["client_secret"], assertion))
        {
            // Not what it calls itself: that might be anything, a secret in the wrong field included.
            LogRefused(logger, known?.Id ?? "unknown", http.Request.Path);
            return new ClientRefused();
        }

        http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Caller.SubjectClaim, known.Id)], "client"));
        return known;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The client {Client} has not proved who it is at {Path}")]
    private static partial void LogRefused(ILogger logger, string client, string path);

    /// <summary>Form-url-encoded inside base64 (RFC 6749 §2.3.1).</summary>
    private static (string Id, string Secret)? ReadBasic(string header)
    {
        var decoded = new byte[header.Length];
        if (!header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[BasicPrefix.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var id, var secret] ? (Unescape(id), Unescape(secret)) : null;

        static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private async Task<bool> IsProven(KnownClient known, HttpContext http, bool asksForNone, string? secret, JsonWebToken? assertion) => known.Client.AuthenticationMethod switch
    {
        "none" => asksForNone,
        "private_key_jwt" => assertion is not null && await IsFromItself(known, http, assertion),
        _ => secret is not null && known.Client.Accepts(secret, clock.GetUtcNow()),
    };

    private async Task<bool> IsFromItself(KnownClient known, HttpContext http, JsonWebToken assertion)
    {
        var now = clock.GetUtcNow();
        if (assertion.Issuer != known.Id || assertion.Subject != known.Id
            || !(assertion.IsFor(settings.Issuer) || assertion.IsFor(settings.Issuer + IssueToken.Path) || assertion.IsFor(settings.Issuer + http.Request.Path))
            || !assertion.HoldsAt(now) || assertion.ExpiresAt > now + LongestAssertion
            || assertion.Text("jti") is not { Length: > 0 } id
            || !known.Client.HasSigned(assertion))
        {
            return false;
        }

        var spent = new SpendAssertion.Command(SHA256.HashData(Encoding.UTF8.GetBytes($"{known.Id}\n{id}")), assertion.ExpiresAt!.Value);
        return (await scopes.Send(known.Tenant, spent, http.RequestAborted)).IsSuccess;
    }
}
