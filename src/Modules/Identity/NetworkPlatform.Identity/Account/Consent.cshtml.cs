using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using NetworkPlatform.Identity.Connect;

namespace NetworkPlatform.Identity.Account;

/// <summary>Asks the person whether a client may act for them, and says what it would see. They come from the client's authorization request, and go back to it.</summary>
internal sealed class ConsentPage : AccountPage
{
    [BindProperty(Name = "decision")]
    public string? Decision { get; set; }

    /// <summary>The client's name.</summary>
    public string Client { get; private set; } = "";

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await Find() is null ? See("/account") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Find() is not var (continuation, clientId))
        {
            return See("/account");
        }

        if (Decision != "allow")
        {
            return See(Service<Continuations>().AddressOf(continuation with { Denied = true }));
        }

        var given = await Send(new GiveConsent.Command(PersonId, clientId, Scopes));
        return given.IsSuccess ? GoOn() : Again(given.Error);
    }

    private async Task<(Continuation Continuation, string ClientId)?> Find()
    {
        var query = ReturnUrl?.Split('?', 2) is [Authorize.CallbackPath, var rest] ? QueryHelpers.ParseQuery(rest) : [];
        if (Service<Continuations>().Read(query.GetValueOrDefault(Authorize.ContinuationParameter)) is not { } continuation
            || await Service<ClientAuthentication>().Find(continuation.Parameters.GetValueOrDefault("client_id"), HttpContext.RequestAborted) is not { } client)
        {
            return null;
        }

        Client = client.Client.Name;
        Scopes = [.. (continuation.Parameters.GetValueOrDefault("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        return (continuation, client.Id);
    }
}
