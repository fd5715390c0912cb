using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where the letter to a new address leads. A button, since mail programs open links by themselves.</summary>
internal sealed class ConfirmEmailPage : AccountPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? LinkToken { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var confirmed = await Send(new ConfirmEmailChange.Command(LinkToken ?? ""));
        if (!confirmed.IsSuccess)
        {
            return Again(confirmed.Error);
        }

        Notice = Texts["ConfirmEmail.done"];
        return Page();
    }
}
