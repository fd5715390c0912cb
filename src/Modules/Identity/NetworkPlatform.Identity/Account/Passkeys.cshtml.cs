using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>The person's passkeys: to be added, renamed and removed.</summary>
internal sealed class PasskeysPage : AccountPage
{
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "state")]
    public string? PasskeyState { get; set; }

    [BindProperty(Name = "credential")]
    public string? Credential { get; set; }

    [BindProperty(Name = "id")]
    public Guid? Id { get; set; }

    public IReadOnlyList<ListPasskeys.Item> Passkeys { get; private set; } = [];

    /// <summary>What a browser needs to make one; null where there can be none.</summary>
    public OfferPasskey.Response? Offer { get; private set; }

    protected override bool NeedsRecentSignIn => true;

    public async Task<IActionResult> OnPostAddAsync()
    {
        var added = await Send(new AddPasskey.Command(Session!.Id, Name ?? "", Credential ?? "", PasskeyState ?? ""));
        return added.IsSuccess ? See(To("/account/passkeys")) : Again(added.Error);
    }

    public async Task<IActionResult> OnPostRenameAsync()
    {
        var renamed = await Send(new RenamePasskey.Command(PersonId, Id ?? Guid.Empty, Name ?? ""));
        return renamed.IsSuccess ? See(To("/account/passkeys")) : Again(renamed.Error);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        var removed = await Send(new RemovePasskey.Command(Session!.Id, Id ?? Guid.Empty));
        return removed.IsSuccess ? See(To("/account/passkeys")) : Again(removed.Error);
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        OnPageHandlerExecuting(context);
        if (context.Result is null)
        {
            Passkeys = (await Send(new ListPasskeys.Query(PersonId))).Value!;
            Offer = TakesPasskeys ? (await Send(new OfferPasskey.Query(PersonId))).Value : null;
            await next();
        }
    }
}
