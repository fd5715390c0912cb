using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>
/// A client sends a person's browser here to sign them out (OpenID Connect RP-Initiated Logout 1.0). Only the ID token that the client got for this very session speaks for the person;
/// else they are asked, and nobody is sent anywhere afterwards.
/// </summary>
internal static class LogOut
{
    internal const string Path = "/connect/endsession";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, End).AllowAnonymous("whoever is signed out already is told so").WithoutTenant().WithMetadata(new AccountErrors()).ExcludeFromDescription();

        // Another site's form comes without our cookie; the browser's own next step has it.
        routes.MapPost(Path, GoOn)
            .AllowAnonymous("whoever is signed out already is told so").WithoutTenant().WithMetadata(new AccountErrors()).ExcludeFromDescription();
    }

    private static async Task End(
        HttpContext http, IdTokens tokens, ClientAuthentication clients, CurrentSession current, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken)
    {
        PageHeaders.Set(http);
        var request = new ProtocolRequest(http.Request.Query);
        var hint = request["id_token_hint"] is { } text ? await tokens.ReadHint(text, cancellationToken) : null;
        var client = hint?.Text("aud") is { } audience && (request["client_id"] ?? audience) == audience ? await clients.Find(audience, cancellationToken) : null;
        if (client is null || hint?.Text("tenant") is not { } slug || await tenants.GetByIdentifierAsync(slug, cancellationToken) is not { } tenant)
        {
            See(http, "/account/sign-out" + await TenantOf(request, clients, cancellationToken));
            return;
        }

        var session = await current.Find(http, tenant);
        var back = request["post_logout_redirect_uri"];
        var page = "/account/sign-out" + QueryString.Create("tenant", tenant.Identifier);
        if ((session is not null && session.Id.ToString("D") != hint.Text("sid")) || (back is not null && !RedirectUris.Contains(client.Client.PostLogoutRedirectUris, back)))
        {
            See(http, page);
            return;
        }

        if (session is not null)
        {
            http.User = SessionCookie.AsCaller(session);
            _ = await scopes.Send(tenant, new EndSession.Command(session.Id, session.PersonId), cancellationToken);
            await http.SignOutAsync(SessionCookie.Scheme);
        }

        See(http, back is null ? page : request["state"] is { } state ? QueryHelpers.AddQueryString(back, "state", state) : back);
    }

    private static async Task GoOn(HttpContext http)
    {
        var form = await ProtocolRequest.FormOf(http);
        if (!form.IsSuccess)
        {
            await new AccountErrors().Write(http, form.Error, StatusCodes.Status400BadRequest);
            return;
        }

        See(http, Path + QueryString.Create(form.Value));
    }

    private static async Task<QueryString> TenantOf(ProtocolRequest request, ClientAuthentication clients, CancellationToken cancellationToken) =>
        await clients.Find(request["client_id"], cancellationToken) is { } client ? QueryString.Create("tenant", client.Tenant.Identifier) : QueryString.Empty;

    private static void See(HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
    }
}
