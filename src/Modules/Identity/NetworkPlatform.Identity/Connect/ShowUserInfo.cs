using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Tells a client about the person who let it (OpenID Connect Core §5.3): what the token's scopes cover, and no more.</summary>
internal static class ShowUserInfo
{
    internal const string Path = "/connect/userinfo";

    public sealed record Query(AccessToken Token) : IQuery<Response>;

    public sealed record Response(
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("tenant")] string Tenant,
        [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
        [property: JsonPropertyName("locale"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Locale,
        [property: JsonPropertyName("email"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
        [property: JsonPropertyName("email_verified"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? EmailVerified);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var token = request.Token;
            var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == token.PersonId, cancellationToken);
            var (profile, email) = (token.Scopes.Contains(Scope.Profile, StringComparer.Ordinal), token.Scopes.Contains(Scope.Email, StringComparer.Ordinal));
            return new Response(
                token.Subject, token.Tenant, profile ? person.Name : null, profile ? person.Culture : null, email ? person.Email : null, email ? person.EmailConfirmedAt is not null : null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).AllowAnonymous("the access token is looked at here").WithoutTenant().Produces<Response>();
        routes.MapPost(Path, Show).AllowAnonymous("the access token is looked at here").WithoutTenant().Produces<Response>();
    }

    private static async Task<IResult> Show(HttpContext http, AccessTokens tokens, ProofOfPossession proofs, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var form = await ProtocolRequest.FormOf(http);
        var inForm = form.Value?.Find(p => p.Key == "access_token").Value ?? default;
        if (!form.IsSuccess || (inForm.Count > 0 && AccessTokenAuthentication.TokenOf(http.Request) is not null) || inForm.Count > 1)
        {
            return Challenge(http, "error=\"invalid_request\"", StatusCodes.Status400BadRequest);
        }

        var (text, isBearer) = AccessTokenAuthentication.TokenOf(http.Request) ?? (inForm.ToString(), true);
        if (text.Length == 0)
        {
            return Challenge(http, null, StatusCodes.Status401Unauthorized);
        }

        if (await tokens.Verify(text, cancellationToken) is not { PersonId: not null } token || !proofs.MayUse(http, token, text, isBearer) || await tenants.GetByIdentifierAsync(token.Tenant, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return Challenge(http, "error=\"invalid_token\"", StatusCodes.Status401Unauthorized);
        }

        if (!token.Scopes.Contains(Scope.OpenId, StringComparer.Ordinal))
        {
            return Challenge(http, "error=\"insufficient_scope\", scope=\"openid\"", StatusCodes.Status403Forbidden);
        }

        return TypedResults.Ok((await scopes.Send(tenant, new Query(token), cancellationToken)).Value);
    }

    private static StatusCodeHttpResult Challenge(HttpContext http, string? error, int status)
    {
        http.Response.Headers.WWWAuthenticate = error is null ? "Bearer" : $"Bearer {error}";
        return TypedResults.StatusCode(status);
    }
}
