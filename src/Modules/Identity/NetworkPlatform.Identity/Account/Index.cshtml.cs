using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Account;

/// <summary>Who the person is here, and in which language.</summary>
internal sealed class IndexPage : AccountPage
{
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "language")]
    public string? Language { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var changed = await Send(new ChangeProfile.Command(PersonId, Name ?? "", string.IsNullOrEmpty(Language) ? null : Language));
        if (!changed.IsSuccess)
        {
            return Again(changed.Error);
        }

        // What was asked for on this device before must not hide what was chosen now.
        Response.Cookies.Delete(PageLanguages.Cookie);
        return See(To("/account"));
    }
}
