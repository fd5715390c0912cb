using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>The pages as people meet them, in Chromium. With <c>NETWORKPLATFORM_SCREENSHOTS</c> set to a folder, each page that is passed is photographed.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("en-GB", "en", "ltr", "Sign in", "Profile")]
    [InlineData("he-IL", "he", "rtl", "כניסה", "פרופיל")]
    [InlineData("fr-FR", "fr", "ltr", "Se connecter", "Profil")]
    [InlineData("ru-RU", "ru", "ltr", "Вход", "Профиль")]
    public async Task Pages_are_in_the_readers_language_and_direction(string locale, string language, string direction, string signIn, string profile)
    {
        var person = await NewPerson();
        var page = await chromium.Open(locale);
        await page.GotoAsync($"/account/sign-in?tenant={person.Tenant.Slug}");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        (await page.GetAttributeAsync("html", "dir")).ShouldBe(direction);
        (await page.TextContentAsync("h1")).ShouldBe(signIn);
        await Photograph(page, $"sign-in-{language}");

        await SignIn(page, person.Email, "not the password");
        await Photograph(page, $"sign-in-wrong-{language}");
        (await page.Locator("div.alert").TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
        await SignIn(page, person.Email, person.Password);

        (await page.TextContentAsync("h1")).ShouldBe(profile);
        foreach (var path in (string[])["", "/security", "/password", "/email", "/authenticator", "/passkeys", "/sessions", "/tenants", "/sign-out"])
        {
            (await page.GotoAsync($"/account{path}"))!.Status.ShouldBe(200, path);
            (await page.GetAttributeAsync("html", "dir")).ShouldBe(direction, path);
            (await page.ContentAsync()).ShouldNotContain("Field."); // a text that is missing shows its name
            await Photograph(page, $"account{path.Replace('/', '-')}-{language}");
            await IsAccessible(page, path);
        }
    }

    [Fact]
    public async Task Everything_but_passkeys_works_without_scripts()
    {
        var person = await NewPerson();
        var page = await chromium.Open(javaScript: false);
        await page.GotoAsync($"/account?tenant={person.Tenant.Slug}");
        await SignIn(page, person.Email, person.Password);
        (await page.Locator("form[data-passkey]").CountAsync()).ShouldBe(0);

        await page.FillAsync("#name", "Noa Levi-Cohen");
        await page.SelectOptionAsync("#language", "fr");
        await page.ClickAsync("main form button");
        (await page.TextContentAsync("h1")).ShouldBe("Profil");
        (await page.InputValueAsync("#name")).ShouldBe("Noa Levi-Cohen");

        await page.GotoAsync("/account/authenticator");
        await page.ClickAsync("main form button");
        (await page.Locator(".qr svg").CountAsync()).ShouldBe(1);
        await Photograph(page, "authenticator-set-up-fr");
        await page.GotoAsync("/account/passkeys");
        (await page.Locator("form[data-passkey]").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator("[data-passkey-missing]").IsVisibleAsync()).ShouldBeTrue();

        await page.GotoAsync("/account/sign-out");
        await page.ClickAsync("main form button");
        await page.GotoAsync($"/account?tenant={person.Tenant.Slug}");
        page.Url.ShouldContain("/account/sign-in");
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_counts_once_and_is_removed()
    {
        var person = await NewPerson();
        var page = await chromium.Open();
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await page.GotoAsync($"/account/sign-in?tenant={person.Tenant.Slug}");
        await SignIn(page, person.Email, person.Password);
        await page.GotoAsync("/account/passkeys");
        await page.FillAsync("form[data-passkey] #name", "The test's telephone");
        await page.ClickAsync("form[data-passkey] button");
        await Assertions.Expect(page.Locator("ul.items")).ToContainTextAsync("The test's telephone");
        await Photograph(page, "passkeys-en");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/account/sign-in?tenant={person.Tenant.Slug}");
        await Photograph(page, "sign-in-passkey-en");
        var sent = page.WaitForRequestAsync(new Regex("handler=passkey", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.ClickAsync("form[data-passkey] button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Profile");
        (await chromium.Api.Database.Scalar<string>("SELECT array_to_string(methods, ' ') FROM identity.sign_in_sessions WHERE person_id = $1 ORDER BY id DESC LIMIT 1", person.Id)).ShouldContain("user mfa");

        // Whoever has seen what was sent cannot send it again.
        var again = await page.APIRequest.PostAsync((await sent).Url, new() { DataString = (await sent).PostData, Headers = [new("Content-Type", "application/x-www-form-urlencoded")], MaxRedirects = 0 });
        again.Status.ShouldBe(400);
        (await again.TextAsync()).ShouldContain("class=\"alert\"");

        // One that is removed at the very moment at which it signs in is refused like any that is gone.
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/account/sign-in?tenant={person.Tenant.Slug}");
        await using (var connection = await chromium.Api.Database.Open(chromium.Api.Database.Superuser))
        {
            await TestDatabase.Execute(connection, "BEGIN");
            await TestDatabase.Execute(connection, "SELECT 1 FROM identity.people WHERE id = $1 FOR UPDATE", person.Id);
            var clicked = page.ClickAsync("form[data-passkey] button");
            await Eventually.Get(
                () => chromium.Api.Database.WaitingForLock(), waiting => waiting == 1);
            await TestDatabase.Execute(connection, "CREATE TABLE removed AS SELECT * FROM identity.passkeys");
            await TestDatabase.Execute(connection, "DELETE FROM identity.passkeys");
            await TestDatabase.Execute(connection, "COMMIT");
            await clicked;
        }

        await Assertions.Expect(page.Locator("div.alert")).ToContainTextAsync("did not work");
        await chromium.Api.Database.Execute("INSERT INTO identity.passkeys SELECT * FROM removed");
        await page.ClickAsync("form[data-passkey] button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Profile");

        await page.GotoAsync("/account/passkeys");
        await page.ClickAsync("ul.items button.danger");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You have none yet.");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/account/sign-in?tenant={person.Tenant.Slug}");
        await page.ClickAsync("form[data-passkey] button");
        await Assertions.Expect(page.Locator("div.alert")).ToContainTextAsync("did not work");
        (await chromium.Api.Database.Scalar<long>("SELECT count(*) FROM identity.passkeys WHERE person_id = $1", person.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_tenant_shows_its_name_and_its_colour_and_pages_fit_a_telephone()
    {
        var tenant = await chromium.Api.NewTenant();
        var seen = await tenant.Admin.Get("/tenant");
        (await tenant.Admin.Patch("/tenant", new { branding = new { name = "River House", color = "#1a7f5a" } }, ("If-Match", seen.ETag!))).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        var page = await chromium.Open(width: 360);

        // The browser asks another node than the one that was told, and that one may remember what was for a few seconds.
        (await Eventually.Get(
            async () =>
            {
                await page.GotoAsync($"/account/sign-in?tenant={tenant.Slug}");
                return await page.TextContentAsync(".brand");
            },
            brand => brand == "River House")).ShouldBe("River House");
        (await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.band')).backgroundColor")).ShouldBe("rgb(26, 127, 90)");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await Photograph(page, "branded-narrow");
    }

    private async Task<Somebody> NewPerson() => await (await chromium.Api.NewTenant()).NewPerson();

    private static async Task SignIn(IPage page, string email, string password)
    {
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main form button");
    }

    /// <summary>Each field has a label, each button a name, ids are unique, the page has one heading, and nothing was blocked or thrown.</summary>
    private static async Task IsAccessible(IPage page, string path)
    {
        var problems = await page.EvaluateAsync<JsonElement>("""
            [
              ...[...document.querySelectorAll('input:not([type=hidden]), select')].filter(e => !e.labels?.length).map(e => 'no label: ' + e.outerHTML),
              ...[...document.querySelectorAll('button, a')].filter(e => !(e.ariaLabel || e.textContent).trim()).map(e => 'no name: ' + e.outerHTML),
              ...[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i).map(id => 'twice: ' + id),
              ...[...document.querySelectorAll('[aria-describedby]')].flatMap(e => e.getAttribute('aria-describedby').split(' ')).filter(id => !document.getElementById(id)).map(id => 'no such: ' + id),
              ...(document.querySelectorAll('h1').length === 1 ? [] : ['headings']),
              ...(document.querySelector('main, [role=main]') ? [] : ['no main']),
            ]
            """);
        problems.EnumerateArray().Select(p => p.GetString()).ShouldBeEmpty(path);
    }

    private static async Task Photograph(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("NETWORKPLATFORM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
