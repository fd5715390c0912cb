using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Signing in: one page, whichever of the network's tenants the person came through.</summary>
internal sealed class SignInPage : AccountPage
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var signedIn = await Send(new SignInWithPassword.Command(Email ?? "", Password ?? "", Request.Headers.UserAgent, Session?.Id));
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
}
