using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Another password.</summary>
internal sealed class PasswordPage : AccountPage
{
    [BindProperty(Name = "newPassword")]
    public string? NewPassword { get; set; }

    protected override bool NeedsRecentSignIn => true;

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await Send(new ChangePassword.Command(Session!.Id, NewPassword ?? ""));
        if (!changed.IsSuccess)
        {
            return Again(changed.Error, "newPassword");
        }

        Notice = Texts["Password.done"];
        return Page();
    }
}
