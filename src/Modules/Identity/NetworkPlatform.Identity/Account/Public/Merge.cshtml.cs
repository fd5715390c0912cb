using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using NetworkPlatform.Identity.Merging;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where the letter about two accounts leads: its reader agrees that they are one person's, or does nothing.</summary>
internal sealed class MergePage : AccountPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? LinkToken { get; set; }

    public FindMerge.Response? Merge { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await Send(new FindMerge.Query(LinkToken));
        Merge = found.Value;
        if (!found.IsSuccess)
        {
            context.Result = Again(found.Error);
            return;
        }

        await next();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var agreed = await Send(new AgreeToMerge.Command(LinkToken!));
        if (!agreed.IsSuccess)
        {
            return Again(agreed.Error);
        }

        Notice = Texts["Merge.done"];
        return Page();
    }
}
