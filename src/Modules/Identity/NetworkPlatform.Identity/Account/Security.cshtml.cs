using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>How the person signs in: an overview.</summary>
internal sealed class SecurityPage : AccountPage
{
    public IReadOnlyList<ListPasskeys.Item> Passkeys { get; private set; } = [];

    public async Task OnGetAsync() => Passkeys = (await Send(new ListPasskeys.Query(PersonId))).Value!;
}
