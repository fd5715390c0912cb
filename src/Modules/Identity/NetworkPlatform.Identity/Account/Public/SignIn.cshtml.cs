using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Providers;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Signing in: one page, whichever of the network's tenants the person came through. Also proves anew who somebody is who is signed in.</summary>
internal sealed class SignInPage : AccountPage
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    [BindProperty(Name = "state")]
    public string? PasskeyState { get; set; }

    [BindProperty(Name = "credential")]
    public string? Credential { get; set; }

    /// <summary>What a browser needs to ask for a passkey; null where there can be none.</summary>
    public AskForPasskey.Response? Passkey { get; private set; }

    /// <summary>Name of the tenant's own OpenID provider; null where it has none.</summary>
    public string? Provider { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var matched = await Service<Passwords>().Match(Email ?? "", Password ?? "", HttpContext.RequestAborted);
        var signedIn = await Send(new SignInWithPassword.Command(Email ?? "", Password ?? "", matched, Request.Headers.UserAgent, Session?.Id));
        if (!signedIn.IsSuccess)
        {
            return Again(signedIn.Error);
        }

        if (!signedIn.Value.IsRight)
        {
            return Again("SignIn.wrong");
        }

        if (signedIn.Value.SecondFactorDue)
        {
            await SessionCookie.SetHalfWay(HttpContext, signedIn.Value.PersonId, signedIn.Value.SecurityStamp!, Tenant);
            return See(To("/account/second-factor"));
        }

        await SessionCookie.Set(HttpContext, signedIn.Value.PersonId, signedIn.Value.SessionId!.Value, Tenant);
        return GoOn();
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        var signedIn = await Send(new SignInWithPasskey.Command(Credential ?? "", PasskeyState ?? "", Request.Headers.UserAgent, Session?.Id));
        if (!signedIn.IsSuccess)
        {
            return Again("Error.passkey-refused");
        }

        await SessionCookie.Set(HttpContext, signedIn.Value.PersonId, signedIn.Value.SessionId, Tenant);
        return GoOn();
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (TakesPasskeys)
        {
            Passkey = (await Send(new AskForPasskey.Query())).Value;
        }

        if ((await next()).Result is PageResult)
        {
            Provider = (await Send(new GetIdentityProvider.Query())).Value?.Name;
        }
    }
}
