using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>
/// Tells a client that can keep a secret whether a token is live, and what it says (RFC 7662): its own tokens, and, to a machine of the tenant, the access tokens that others bring it, as far as
/// they are for the API. Of anything else it says that it is not active, and nothing more.
/// </summary>
internal static class IntrospectToken
{
    internal const string Path = "/connect/introspect";

    public sealed record Query(string ClientId, OpaqueHandle Refresh) : IQuery<Response>;

    public sealed record Response(
        [property: JsonPropertyName("active")] bool Active,
        [property: JsonPropertyName("scope"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null,
        [property: JsonPropertyName("client_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId = null,
        [property: JsonPropertyName("token_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenType = null,
        [property: JsonPropertyName("sub"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null,
        [property: JsonPropertyName("exp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ExpiresAt = null,
        [property: JsonPropertyName("iat"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? IssuedAt = null,
        [property: JsonPropertyName("jti"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenId = null,
        [property: JsonPropertyName("iss"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Issuer = null,
        [property: JsonPropertyName("aud"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Audience = null,
        [property: JsonPropertyName("tenant"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tenant = null,
        [property: JsonPropertyName("roles"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Roles = null,
        [property: JsonPropertyName("cnf"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KeyConfirmation? Confirmation = null);

    private static readonly Response NotActive = new(Active: false);

    internal sealed class Handler(IdentityDbContext db, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (now, hash) = (clock.GetUtcNow(), request.Refresh.Hash);
            var token = await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.ConsumedAt == null && t.ExpiresAt > now, cancellationToken);
            var grant = token is null ? null : await db.LiveGrants(now).AsNoTracking().SingleOrDefaultAsync(g => g.Id == token.GrantId && g.ClientId == request.ClientId, cancellationToken);
            return grant is null || token is null ? NotActive : new Response(
                Active: true, string.Join(' ', grant.Scopes), grant.ClientId, Subject: grant.PersonId.ToString("D"), ExpiresAt: token.ExpiresAt.ToUnixTimeSeconds(), Tenant: current.Tenant.Identifier);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, Introspect)
        .AllowAnonymous("clients authenticate here in the standard's own ways").WithoutTenant()
        .Accepts<IFormCollection>("application/x-www-form-urlencoded").Produces<Response>();

    private static async Task<IResult> Introspect(
        HttpContext http, ClientAuthentication authentication, AccessTokens tokens, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken)
    {
        var form = await authentication.ReadForm(http);
        if (!form.IsSuccess)
        {
            return form.Error.ToRefusal(http);
        }

        var (request, client) = form.Value;
        if (client.Client.Kind == ClientKind.Native)
        {
            return new ClientRefused().ToRefusal(http);
        }

        if (request["token"] is not { } text)
        {
            return new Refused("invalid_request", "token is missing.").ToRefusal(http);
        }

        if (OpaqueHandle.Read(text) is not { } refresh)
        {
            return TypedResults.Ok(
                await tokens.Verify(text, cancellationToken) is { } access && await tenants.GetByIdentifierAsync(access.Tenant, cancellationToken) is { IsSuspended: false } ? Told(access, client) : NotActive);
        }

        if (await tenants.GetAsync(refresh.TenantId, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return TypedResults.Ok(NotActive);
        }

        return TypedResults.Ok((await scopes.Send(tenant, new Query(client.Id, refresh), cancellationToken)).Value);
    }

    private static Response Told(AccessToken token, KnownClient client)
    {
        var isOwn = token.ClientId == client.Id;
        if (!isOwn && (client.Client.Kind != ClientKind.Machine || token.Tenant != client.Tenant.Identifier || token.Audience != TokenSettings.Audience))
        {
            return NotActive;
        }

        return new Response(
            Active: true, isOwn ? token.Scope : Scope.Api, token.ClientId, TokenAnswer.TypeOf(new ProvenKey(token.Confirmation?.KeyThumbprint)), token.Subject, token.ExpiresAtSeconds, token.IssuedAtSeconds, token.TokenId, token.Issuer, token.Audience, token.Tenant, token.Roles, token.Confirmation);
    }
}
