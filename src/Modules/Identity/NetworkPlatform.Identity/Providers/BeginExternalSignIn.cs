using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Keys;

namespace NetworkPlatform.Identity.Providers;

/// <summary>Sends the browser to the tenant's provider: authorization code, PKCE, state and nonce.</summary>
internal static class BeginExternalSignIn
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/account/external", Begin).WithMetadata(new AccountErrors()).AllowAnonymous("people sign in here").ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, Problem>> Begin(
        HttpContext http, string? returnUrl, IdentityDbContext db, Issuers issuers, ExternalSignIns external, CancellationToken cancellationToken)
    {
        var provider = await db.Read(() => db.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(cancellationToken), cancellationToken);
        if (provider is null)
        {
            return new Problem(new IdentityProviderNotFound());
        }

        Uri address;
        try
        {
            address = (await issuers.Find(provider.Issuer, cancellationToken)).Endpoint("authorization_endpoint");
        }
        catch (IssuerUnavailableException)
        {
            return new Problem(new ExternalSignInFailed());
        }

        var pending = external.Begin(http, provider.TenantId, provider.Issuer, returnUrl);
        Dictionary<string, string?> parameters = new(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = external.RedirectUri,
            ["scope"] = "openid email profile",
            ["state"] = pending.State,
            ["nonce"] = pending.Nonce,
            ["code_challenge"] = ExternalSignIns.Challenge(pending.Verifier),
            ["code_challenge_method"] = "S256",
        };
        var query = QueryString.Create(parameters);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect(address.AbsoluteUri + (address.Query.Length == 0 ? query.Value : "&" + query.Value![1..]));
    }
}
