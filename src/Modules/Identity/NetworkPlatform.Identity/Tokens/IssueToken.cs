using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Clients;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>The token endpoint: an API client authenticates with its secret and gets an access token (RFC 6749 §4.4, client_credentials). Errors are RFC 6749's, not problem details.</summary>
internal static class IssueToken
{
    internal const string Path = "/connect/token";
    internal const string GrantType = "client_credentials";

    private const string BasicPrefix = "Basic ";

    public sealed record Token(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    public sealed record Refusal([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, Handle)
        .AllowAnonymous("clients authenticate with their secret here").WithoutTenant()
        .Accepts<IFormCollection>("application/x-www-form-urlencoded");

    private static async Task<Results<Ok<Token>, JsonHttpResult<Refusal>>> Handle(
        HttpContext http, ITenantStore tenants, TenantScopes scopes, AccessTokens tokens, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType || http.Request.Query.Count > 0)
        {
            return Refuse("invalid_request", "Send the parameters as application/x-www-form-urlencoded in the body, and none in the address.");
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (form.Any(parameter => parameter.Value.Count > 1))
        {
            return Refuse("invalid_request", "A parameter is given twice.");
        }

        if (form["grant_type"] != GrantType)
        {
            return form["grant_type"].Count == 0
                ? Refuse("invalid_request", "grant_type is missing.")
                : Refuse("unsupported_grant_type", $"Only {GrantType} is supported.");
        }

        if (form["scope"].ToString() is { Length: > 0 } scope && scope != TokenSettings.Scope)
        {
            return Refuse("invalid_scope", $"The only scope is {TokenSettings.Scope}.");
        }

        var credentials = ReadCredentials(http.Request, form);
        var found = credentials is { } given ? await Authenticate(given, tenants, scopes, clock, cancellationToken) : null;
        if (found is not var (client, tenant))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"networkplatform\"";
            return Refuse("invalid_client", "The client is unknown, its secret is wrong, or it is not valid now.", StatusCodes.Status401Unauthorized);
        }

        var (token, lifetime) = await tokens.Issue(client, tenant.Identifier, cancellationToken);
        return TypedResults.Ok(new Token(token, "Bearer", (int)lifetime.TotalSeconds, TokenSettings.Scope));
    }

    /// <summary>From the Authorization header (form-url-encoded inside base64, RFC 6749 §2.3.1) or from the form; giving both is no credentials at all.</summary>
    private static (string Id, string Secret)? ReadCredentials(HttpRequest request, IFormCollection form)
    {
        var header = request.Headers.Authorization.ToString();
        var inForm = form.ContainsKey("client_secret");
        if (!header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return inForm ? (form["client_id"].ToString(), form["client_secret"].ToString()) : null;
        }

        var decoded = new byte[header.Length];
        if (inForm || !Convert.TryFromBase64String(header[BasicPrefix.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var id, var secret] ? (Unescape(id), Unescape(secret)) : null;

        static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private static async Task<(ApiClient Client, TenantInfo Tenant)?> Authenticate(
        (string Id, string Secret) given, ITenantStore tenants, TenantScopes scopes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (ApiClient.ParseClientId(given.Id) is not var (tenantId, clientId) || await tenants.GetAsync(tenantId, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return null;
        }

        var client = await scopes.RunAs(tenant, services =>
        {
            var db = services.GetRequiredService<IdentityDbContext>();
            return db.Read(() => db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId, cancellationToken), cancellationToken);
        });
        return client is not null && client.Accepts(given.Secret, clock.GetUtcNow()) ? (client, tenant) : null;
    }

    private static JsonHttpResult<Refusal> Refuse(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new Refusal(error, description), statusCode: status);
}
