using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Signing out. Only by the form: a link that somebody else made must not do it.</summary>
internal sealed class SignOutPage : AccountPage
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (Session is { } session)
        {
            await Send(new EndSession.Command(session.Id, session.PersonId));
        }

        await HttpContext.SignOutAsync(SessionCookie.Scheme);
        await HttpContext.SignOutAsync(SessionCookie.HalfWayScheme);
        return See(To("/account/sign-out"));
    }
}
