using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>The token endpoint (RFC 6749 §3.2): a client proves who it is, and gets tokens in its own name, for a code, or for a refresh token.</summary>
internal static class IssueToken
{
    internal const string Path = "/connect/token";

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, Issue)
        .AllowAnonymous("clients authenticate here in the standard's own ways").WithoutTenant()
        .Accepts<IFormCollection>("application/x-www-form-urlencoded");

    private static async Task<Results<Ok<TokenAnswer>, JsonHttpResult<ProtocolAnswers.Refusal>>> Issue(
        HttpContext http, ClientAuthentication authentication, AccessTokens tokens, GrantScopes grants, CancellationToken cancellationToken)
    {
        var answer = await Answer(http, authentication, tokens, grants, cancellationToken);
        return answer.IsSuccess ? TypedResults.Ok(answer.Value) : answer.Error.ToRefusal(http);
    }

    private static async Task<Result<TokenAnswer>> Answer(HttpContext http, ClientAuthentication authentication, AccessTokens tokens, GrantScopes grants, CancellationToken cancellationToken)
    {
        var request = await ProtocolRequest.ReadForm(http);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        if (request.Value["grant_type"] is not { } grantType)
        {
            return new Refused("invalid_request", "grant_type is missing.");
        }

        if (grantType is not (GrantType.ClientCredentials or GrantType.AuthorizationCode or GrantType.RefreshToken))
        {
            return new Refused("unsupported_grant_type", $"Only {GrantType.AuthorizationCode}, {GrantType.RefreshToken} and {GrantType.ClientCredentials} are supported.");
        }

        var client = await authentication.Authenticate(http, request.Value);
        if (!client.IsSuccess)
        {
            return client.Error;
        }

        if (!client.Value.Client.GrantTypes.Contains(grantType, StringComparer.Ordinal))
        {
            return new Refused("unauthorized_client", $"This client may not use {grantType}.");
        }

        return grantType switch
        {
            GrantType.AuthorizationCode => await grants.Send(request.Value["code"], handle => new RedeemCode.Command(client.Value, handle, request.Value["redirect_uri"], request.Value["code_verifier"]), cancellationToken),
            GrantType.RefreshToken => await grants.Send(request.Value["refresh_token"], handle => new Refresh.Command(client.Value, handle, request.Value.List("scope")), cancellationToken),
            _ => await InItsOwnName(client.Value, request.Value, tokens, cancellationToken),
        };
    }

    private static async Task<Result<TokenAnswer>> InItsOwnName(KnownClient client, ProtocolRequest request, AccessTokens tokens, CancellationToken cancellationToken)
    {
        if (request.List("scope") is not ([] or [Scope.Api]))
        {
            return new Refused("invalid_scope", $"The only scope of a client in its own name is {Scope.Api}.");
        }

        var (token, lifetime) = await tokens.Issue(client.Client, client.Tenant.Identifier, cancellationToken);
        return new TokenAnswer(token, "Bearer", (int)lifetime.TotalSeconds, Scope.Api);
    }
}
