using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Asking for a link to choose a new password by.</summary>
internal sealed class ForgotPasswordPage : AccountPage
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var asked = await Send(new AskPasswordReset.Command(Email ?? ""));
        if (!asked.IsSuccess)
        {
            return Again(asked.Error);
        }

        Notice = Texts["Forgot.sent"];
        return Page();
    }
}
