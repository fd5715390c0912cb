using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Choosing a new password by a mailed link.</summary>
internal sealed class ResetPasswordPage : AccountPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? LinkToken { get; set; }

    [BindProperty(Name = "newPassword")]
    public string? NewPassword { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var reset = await Send(new ResetPassword.Command(LinkToken ?? "", NewPassword ?? ""));
        if (!reset.IsSuccess)
        {
            return Again(reset.Error, reset.Error is LinkNotValid ? "" : "newPassword");
        }

        Notice = Texts["Reset.done"];
        return Page();
    }
}
