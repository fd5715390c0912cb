using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>The code of an authenticator app, or a recovery code, after the password.</summary>
internal sealed class SecondFactorPage : AccountPage
{
    [BindProperty(Name = "code")]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() => await SessionCookie.FindHalfWay(HttpContext, Tenant) is null ? See(To("/account/sign-in")) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await SessionCookie.FindHalfWay(HttpContext, Tenant) is not var (personId, stamp))
        {
            return See(To("/account/sign-in"));
        }

        var signedIn = await Send(new SignInWithSecondFactor.Command(personId, stamp, Code ?? "", Request.Headers.UserAgent, Session?.Id));
        if (!signedIn.IsSuccess)
        {
            return signedIn.Error is Invalid ? Again(signedIn.Error) : See(To("/account/sign-in"));
        }

        if (signedIn.Value.SessionId is not { } session)
        {
            return Again("SecondFactor.wrong", "code");
        }

        await HttpContext.SignOutAsync(SessionCookie.HalfWayScheme);
        await SessionCookie.Set(HttpContext, personId, session, Tenant);
        return GoOn();
    }
}
