using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Providers;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where an invitation's letter leads: who is known signs in and agrees, who is new chooses a name and a password.</summary>
internal sealed class InvitationPage : AccountPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? LinkToken { get; set; }

    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "newPassword")]
    public string? NewPassword { get; set; }

    public FindInvitation.Response? Invitation { get; private set; }

    /// <summary>Name of the tenant's own OpenID provider, by which they may accept; null where it has none.</summary>
    public string? Provider { get; private set; }

    public string SignInAndReturn => "/account/sign-in" + QueryString.Create([
        KeyValuePair.Create("tenant", (string?)Tenant.Identifier), KeyValuePair.Create("returnUrl", (string?)(Request.Path + QueryString.Create("token", LinkToken ?? "").Add("tenant", Tenant.Identifier)))]);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await Send(new FindInvitation.Query(LinkToken));
        Invitation = found.Value;
        if (!found.IsSuccess)
        {
            context.Result = Again(found.Error);
            return;
        }

        if (Person is null && (Provider = (await Send(new GetIdentityProvider.Query())).Value?.Name) is not null)
        {
            PageHeaders.LetFormsLeadAway(HttpContext);
        }

        await next();
    }

    /// <summary>By a form, so that nobody accepts by a link that somebody else has made.</summary>
    public async Task<IActionResult> OnPostProviderAsync()
    {
        var begun = await BeginExternalSignIn.Begin(HttpContext, returnUrl: null, Invitation!.InvitationId);
        return begun.IsSuccess ? See(begun.Value) : Again(begun.Error);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var accepted = await Send(new AcceptInvitation.Command(LinkToken!, Session?.PersonId, Name ?? "", NewPassword, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, Request.Headers.UserAgent));
        if (!accepted.IsSuccess)
        {
            return Again(accepted.Error, accepted.Error is RuleBroken ? "newPassword" : "");
        }

        if (accepted.Value.SessionId is { } session)
        {
            await SessionCookie.Set(HttpContext, accepted.Value.PersonId, session, Tenant);
        }

        return See(To("/account/tenants"));
    }
}
