using System.Globalization;
using Microsoft.Playwright;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Debian's Chromium, and the service as a process of its own that it talks to by a host name, as passkeys need.</summary>
public sealed class Chromium(DatabaseServer server) : IAsyncLifetime
{
    /// <summary>Milliseconds: other tests start hosts on the same cores.</summary>
    private const int Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;
    private HostProcess? host;

    public ApiFixture Api { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = Repository.FreePort();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        Api = await ApiFixture.Start(server, ("Identity:Issuer", Address.GetLeftPart(UriPartial.Authority)));
        host = await HostProcess.Start(Api.Database, rabbitMq: null, port: port, settings: Api.Settings);
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        host?.Dispose();
        await Api.DisposeAsync();
    }

    /// <summary>A window of its own, with its own cookies.</summary>
    public async Task<IPage> Open(string locale = "en-GB", bool javaScript = true, int width = 1000)
    {
        var context = await browser!.NewContextAsync(new() { Locale = locale, JavaScriptEnabled = javaScript, BaseURL = Address.ToString(), ViewportSize = new() { Width = width, Height = 800 } });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }
}
