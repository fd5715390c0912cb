using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Keys;

namespace NetworkPlatform.Identity.Providers;

/// <summary>Sends the browser to the tenant's provider: authorization code, PKCE, state and nonce.</summary>
internal static class BeginExternalSignIn
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/account/external", Redirect).WithMetadata(new AccountErrors()).AllowAnonymous("people sign in here").ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, Problem>> Redirect(HttpContext http, string? returnUrl)
    {
        var begun = await Begin(http, returnUrl, invitationId: null);
        return begun.IsSuccess ? TypedResults.Redirect(begun.Value) : new Problem(begun.Error);
    }

    /// <returns>The provider's address, where the browser is to go.</returns>
    /// <param name="invitationId">What the browser's person accepts by signing in; its link has been shown.</param>
    internal static async Task<Result<string>> Begin(HttpContext http, string? returnUrl, Guid? invitationId)
    {
        var (services, cancellationToken) = (http.RequestServices, http.RequestAborted);
        var db = services.GetRequiredService<IdentityDbContext>();
        var provider = await db.Read(() => db.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(cancellationToken), cancellationToken);
        if (provider is null)
        {
            return new IdentityProviderNotFound();
        }

        Uri address;
        try
        {
            address = (await services.GetRequiredService<Issuers>().Find(provider.Issuer, cancellationToken)).Endpoint("authorization_endpoint");
        }
        catch (IssuerUnavailableException)
        {
            return new ExternalSignInFailed();
        }

        var external = services.GetRequiredService<ExternalSignIns>();
        var pending = external.Begin(http, provider.TenantId, provider.Issuer, returnUrl, invitationId);
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
        return address.AbsoluteUri + (address.Query.Length == 0 ? query.Value : "&" + query.Value![1..]);
    }
}
