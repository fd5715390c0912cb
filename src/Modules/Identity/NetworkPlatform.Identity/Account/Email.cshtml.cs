using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Another e-mail address, which has to answer first.</summary>
internal sealed class EmailPage : AccountPage
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    protected override bool NeedsRecentSignIn => true;

    public async Task<IActionResult> OnPostAsync()
    {
        var asked = await Send(new AskEmailChange.Command(Session!.Id, Email ?? ""));
        if (!asked.IsSuccess)
        {
            return Again(asked.Error);
        }

        Notice = Texts["Email.sent", Email!];
        return Page();
    }
}
