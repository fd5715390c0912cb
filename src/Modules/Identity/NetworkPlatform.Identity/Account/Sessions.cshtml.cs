using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where the person is signed in; one of them ended, or all.</summary>
internal sealed class SessionsPage : AccountPage
{
    [BindProperty(Name = "id")]
    public Guid? Id { get; set; }

    public IReadOnlyList<ListSessions.Item> Sessions { get; private set; } = [];

    public async Task OnGetAsync() => Sessions = (await Send(new ListSessions.Query(PersonId))).Value!;

    public async Task<IActionResult> OnPostEndAsync()
    {
        await Send(new EndSession.Command(Id ?? Guid.Empty, PersonId));
        return See(To("/account/sessions"));
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await Send(new SignOutEverywhere.Command(PersonId));
        return See(To("/account/sign-out"));
    }
}
