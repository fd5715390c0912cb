using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Providers;

/// <summary>The browser is back from a tenant's provider. Only the one that was sent there goes on, with an answer of the one that it was sent to.</summary>
internal static class CompleteExternalSignIn
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(ExternalSignIns.CallbackPath, Complete).WithMetadata(new AccountErrors()).AllowAnonymous("people come back from their provider here").WithoutTenant().ExcludeFromDescription();

    private static async Task<Results<EmptyHttpResult, Problem>> Complete(
        HttpContext http, string? code, string? state, string? iss, ExternalSignIns external, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (external.End(http) is not { } pending || code is null || !IsSame(state, pending.State) || (iss is not null && iss != pending.Issuer)
            || await tenants.GetAsync(pending.TenantId, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return new Problem(new ExternalSignInFailed());
        }

        var signedIn = await scopes.RunAs(tenant, services => SignIn(http, tenant, services, pending, code, iss, cancellationToken));
        if (!signedIn.IsSuccess)
        {
            return new Problem(signedIn.Error);
        }

        await SessionCookie.Set(http, signedIn.Value.PersonId, signedIn.Value.SessionId, tenant);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = IsLocal(pending.ReturnUrl) ? pending.ReturnUrl : "/account/sign-out" + QueryString.Create("tenant", tenant.Identifier);
        return TypedResults.Empty;
    }

    private static async Task<Result<SignInExternally.Response>> SignIn(HttpContext http, TenantInfo tenant, IServiceProvider services, PendingSignIn pending, string code, string? iss, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<IdentityDbContext>();
        var provider = await db.Read(() => db.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(p => p.Issuer == pending.Issuer, cancellationToken), cancellationToken);
        if (provider is null || (iss is null && await SaysWhoAnswers(services, pending.Issuer, cancellationToken))
            || await services.GetRequiredService<ProviderTokens>().Redeem(provider, pending, code, cancellationToken) is not { } identity)
        {
            return new ExternalSignInFailed();
        }

        var replaced = await services.GetRequiredService<CurrentSession>().Find(http, tenant);
        return await services.GetRequiredService<IMediator>().Send(
            new SignInExternally.Command(identity.Issuer, identity.Subject, identity.VerifiedEmail, identity.Name, pending.InvitationId, http.Request.Headers.UserAgent, replaced?.Id), cancellationToken);
    }

    /// <summary>RFC 9207: from a provider that names itself in its answers, one without a name is not its own.</summary>
    private static async Task<bool> SaysWhoAnswers(IServiceProvider services, string issuer, CancellationToken cancellationToken)
    {
        try
        {
            var document = await services.GetRequiredService<Keys.Issuers>().Find(issuer, cancellationToken);
            return document.Metadata.TryGetProperty("authorization_response_iss_parameter_supported", out var says) && says.ValueKind == System.Text.Json.JsonValueKind.True;
        }
        catch (Keys.IssuerUnavailableException)
        {
            return true;
        }
    }

    private static bool IsSame(string? given, string expected) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static bool IsLocal(string? url) => url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\') && !url.Any(char.IsControl);
}
