using System.Drawing;
using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.SignIn;
using QRCoder;

namespace NetworkPlatform.Identity.Account;

/// <summary>An authenticator app as second factor, and the recovery codes for when it is lost.</summary>
internal sealed class AuthenticatorPage : AccountPage
{
    [BindProperty(Name = "code")]
    public string? Code { get; set; }

    public BeginAuthenticator.Response? Setup { get; private set; }

    /// <summary>Shown this once.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public string QrCode
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(Setup!.Uri, QRCodeGenerator.ECCLevel.M);
            using var svg = new SvgQRCode(data);
            return svg.GetGraphic(new Size(200, 200), sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
        }
    }

    protected override bool NeedsRecentSignIn => true;

    public async Task<IActionResult> OnPostStartAsync()
    {
        var begun = await Send(new BeginAuthenticator.Command(Session!.Id));
        Setup = begun.Value;
        return begun.IsSuccess ? Page() : Again(begun.Error);
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        var confirmed = await Send(new ConfirmAuthenticator.Command(Session!.Id, Code ?? ""));
        if (!confirmed.IsSuccess)
        {
            Setup = (await Send(new BeginAuthenticator.Command(Session!.Id))).Value;
            return Again(confirmed.Error, "code");
        }

        RecoveryCodes = confirmed.Value.RecoveryCodes;
        Notice = Texts["Authenticator.on"];
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        var renewed = await Send(new RenewRecoveryCodes.Command(Session!.Id));
        RecoveryCodes = renewed.Value?.RecoveryCodes;
        return renewed.IsSuccess ? Page() : Again(renewed.Error);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        var removed = await Send(new RemoveAuthenticator.Command(Session!.Id));
        return removed.IsSuccess ? See(To("/account/security")) : Again(removed.Error);
    }
}
