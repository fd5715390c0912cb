using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Authenticator apps and recovery codes.</summary>
public sealed partial class SecondFactorTests(MailedFixture mailed) : IClassFixture<MailedFixture>
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_and_asked_for_after_the_password()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var other = await person.SignedIn();
        var (key, codes) = await SetUp(browser);
        codes.Count.ShouldBe(10);
        (await other.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await browser.Get("/account/security")).Text.ShouldContain("Recovery codes left: 10.");
        (await mailed.LetterTo(person.Email)).Subject.ShouldContain("authenticator app");

        var fresh = new Browser(mailed.Api, person.Tenant.Slug);
        (await fresh.SignIn(person.Email, person.Password)).ShouldLeadTo("/account/second-factor");
        (await fresh.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await fresh.Submit("/account/second-factor", new { code = "000000" })).ShouldRefuse("That code is wrong");

        (await fresh.Submit("/account/second-factor", new { code = Code(key, step: 1) })).ShouldLeadTo("/account");
        (await fresh.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await mailed.Api.Database.Scalar<string>("SELECT methods[1] || methods[2] || methods[3] FROM identity.sign_in_sessions WHERE person_id = $1 ORDER BY id DESC LIMIT 1", person.Id)).ShouldBe("pwdotpmfa");
    }

    [Fact]
    public async Task A_code_counts_once_even_at_the_same_moment()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var (key, _) = await SetUp(await person.SignedIn());
        List<Browser> browsers = [];
        for (var i = 0; i < 4; i++)
        {
            browsers.Add(new Browser(mailed.Api, person.Tenant.Slug));
            (await browsers[^1].SignIn(person.Email, person.Password)).ShouldLeadTo("/account/second-factor");
        }

        var code = Code(key, step: 1);
        var answers = await Task.WhenAll(browsers.Select(b => b.Submit("/account/second-factor", new { code })));

        answers.Count(a => a.Status == HttpStatusCode.SeeOther).ShouldBe(1);
    }

    [Fact]
    public async Task A_recovery_code_counts_once_and_new_ones_void_the_old()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var (_, codes) = await SetUp(browser);

        (await SecondFactor(person, codes[0].ToUpperInvariant().Replace('-', ' '))).ShouldLeadTo("/account");
        (await SecondFactor(person, codes[0])).ShouldRefuse("That code is wrong");
        var renewed = Codes(await browser.Submit("/account/authenticator", new { }, "handler=codes"));
        renewed.Count.ShouldBe(10);
        (await SecondFactor(person, codes[1])).ShouldRefuse("That code is wrong");
        (await SecondFactor(person, renewed[1])).ShouldLeadTo("/account");

        var stored = await mailed.Api.Database.Scalar<string>("SELECT array_to_string(recovery_code_hashes, ',') FROM identity.people WHERE id = $1", person.Id);
        renewed.ShouldAllBe(c => !stored.Contains(c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_apps_secret_that_nobody_can_read_any_more_makes_codes_wrong_and_recovery_codes_still_count()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var (key, codes) = await SetUp(await person.SignedIn());
        await LoseKey(person);

        (await SecondFactor(person, Code(key, step: 1))).ShouldRefuse("That code is wrong");
        (await SecondFactor(person, codes[0])).ShouldLeadTo("/account");

        var beginner = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await beginner.SignedIn();
        await browser.Submit("/account/authenticator", new { }, "handler=start");
        await LoseKey(beginner);
        (await SetUp(browser)).Codes.Count.ShouldBe(10);

        Task LoseKey(Somebody whose) => mailed.Api.Database.Execute("UPDATE identity.people SET authenticator_key = $2 WHERE id = $1", whose.Id, RandomNumberGenerator.GetBytes(48));
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_second_factor()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var (key, codes) = await SetUp(await person.SignedIn());
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        await browser.SignIn(person.Email, person.Password);
        for (var i = 0; i < 5; i++)
        {
            (await browser.Submit("/account/second-factor", new { code = $"00000{i}" })).ShouldRefuse("That code is wrong");
        }

        (await browser.Submit("/account/second-factor", new { code = Code(key, step: 1) })).ShouldRefuse("That code is wrong");
        (await SecondFactor(person, codes[0])).ShouldRefuse("That code is wrong");
    }

    [Fact]
    public async Task A_reset_by_mail_keeps_the_second_factor()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var (_, codes) = await SetUp(await person.SignedIn());
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        await browser.Submit("/account/forgot-password", new { email = person.Email });
        var letter = (await mailed.Mail.To(person.Email, 2)).Select(m => m.Text("text")).Single(t => t.Contains("/account/reset-password", StringComparison.Ordinal));
        var link = new Uri(letter.Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
        (await browser.Submit(link, new { newPassword = "nine herons over slate" })).Status.ShouldBe(HttpStatusCode.OK);

        (await browser.SignIn(person.Email, "nine herons over slate")).ShouldLeadTo("/account/second-factor");
        (await browser.Submit("/account/second-factor", new { code = codes[0] })).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task The_secret_is_readable_neither_in_the_database_nor_for_another_person()
    {
        var tenant = await mailed.Api.NewTenant();
        var (person, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var (key, _) = await SetUp(await person.SignedIn());
        var (_, _) = await SetUp(await other.SignedIn());

        var stored = await mailed.Api.Database.Scalar<byte[]>("SELECT authenticator_key FROM identity.people WHERE id = $1", person.Id);
        stored.AsSpan().IndexOf(key).ShouldBe(-1);

        await mailed.Api.Database.Execute("UPDATE identity.people SET authenticator_key = $1 WHERE id = $2", stored, other.Id);
        var browser = new Browser(mailed.Api, tenant.Slug);
        await browser.SignIn(other.Email, other.Password);
        (await browser.Submit("/account/second-factor", new { code = Code(key, step: 1) })).ShouldRefuse("That code is wrong");
    }

    [Fact]
    public async Task A_passkey_gets_another_name_from_its_owner_alone()
    {
        var tenant = await mailed.Api.NewTenant();
        var (owner, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var passkey = Guid.NewGuid();
        await mailed.Api.Database.Execute(
            """
            INSERT INTO identity.passkeys (network_id, id, person_id, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json)
            SELECT network_id, $1, $2, 'c', 'k', 'Old telephone', now(), 0, '{}', true, false, false, '', '' FROM identity.people WHERE id = $2
            """, passkey, owner.Id);
        var browser = await owner.SignedIn();

        (await browser.Submit("/account/passkeys", new { name = "  " }, "handler=rename")).ShouldRefuse("Enter a name");
        (await browser.Submit("/account/passkeys", new { name = new string('x', 101) }, "handler=rename")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Submit("/account/passkeys", new { name = "New telephone" }, "handler=rename")).ShouldLeadTo("/account/passkeys");
        (await browser.Get("/account/passkeys")).Html.ShouldContain("New telephone");
        var theirs = await other.SignedIn();
        var form = await theirs.Get("/account/password");
        (await theirs.Submit(form with { Html = form.Html.Replace("/account/password", "/account/passkeys", StringComparison.Ordinal).Replace("tenant=", "handler=rename&amp;tenant=", StringComparison.Ordinal) }, new { id = passkey, name = "Stolen" }, "handler=rename"))
            .ShouldRefuse("no such passkey");
        (await mailed.Api.Database.Scalar<string>("SELECT name FROM identity.passkeys WHERE id = $1", passkey)).ShouldBe("New telephone");
    }

    [Fact]
    public async Task An_app_is_removed_again()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        await SetUp(browser);

        (await browser.Submit("/account/authenticator", new { }, "handler=remove")).ShouldLeadTo("/account/security");

        (await new Browser(mailed.Api, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task Clients_with_a_back_channel_are_told_of_the_sessions_that_an_app_set_up_or_removed_ends_and_of_no_other()
    {
        await using var own = await ApiFixture.Start(mailed.Api.Server, ("Outbound:AllowPrivateNetworks", "true"));
        using var client = new LoopbackServer(_ => (200, ""));
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = client.Address + "/logout" });
        var (browser, other) = (await person.SignedIn(), await person.SignedIn());
        await app.Code(browser);
        var theirs = await SessionAt(other);

        var (_, codes) = await SetUp(browser);
        (await Told(1)).ShouldBe([theirs]);

        (await other.SignIn(person.Email, person.Password)).ShouldLeadTo("/account/second-factor");
        (await other.Submit("/account/second-factor", new { code = codes[0] })).ShouldLeadTo("/account");
        var again = await SessionAt(other);
        (await browser.Submit("/account/authenticator", new { }, "handler=remove")).ShouldLeadTo("/account/security");
        (await Told(2)).ShouldBe([theirs, again]);

        async Task<string> SessionAt(Browser at) => (await app.Redeem(await app.Code(at))).Text("id_token").Claims()["sid"]!.GetValue<string>();

        async Task<List<string>> Told(int count)
        {
            await own.Database.EventsHaveLeft();
            return (await Eventually.Get(() => Task.FromResult(client.Requests.ToList()), sent => sent.Count >= count))
                .ConvertAll(r => QueryHelpers.ParseQuery(r.Body)["logout_token"].ToString().Claims()["sid"]!.GetValue<string>());
        }
    }

    private async Task<PageAnswer> SecondFactor(Somebody person, string code)
    {
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account/second-factor");
        return await browser.Submit("/account/second-factor", new { code });
    }

    private static async Task<(byte[] Key, IReadOnlyList<string> Codes)> SetUp(Browser browser)
    {
        var begun = await browser.Submit("/account/authenticator", new { }, "handler=start");
        begun.Html.ShouldContain("<svg");
        var key = Base32(Key().Match(begun.Html).Groups["key"].Value);
        (await browser.Submit(begun, new { code = "123" }, "handler=confirm")).ShouldRefuse("That code is wrong");
        var confirmed = await browser.Submit(begun, new { code = Code(key, step: 0) }, "handler=confirm");
        confirmed.Status.ShouldBe(HttpStatusCode.OK, confirmed.Html);
        return (key, Codes(confirmed));
    }

    private static List<string> Codes(PageAnswer page) => [.. RecoveryCode().Matches(page.Html).Select(m => m.Groups["code"].Value)];

    /// <summary>As an authenticator app counts: RFC 6238, the step now or so many later.</summary>
    private static string Code(byte[] key, int step)
    {
        var counter = BitConverter.GetBytes((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + step);
        Array.Reverse(counter);
#pragma warning disable CA5350 // RFC 6238's default
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[19] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Base32(string text)
    {
        List<byte> bytes = [];
        var (bits, count) = (0, 0);
        foreach (var c in text)
        {
            (bits, count) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), count + 5);
            if (count >= 8)
            {
                bytes.Add((byte)(bits >> (count - 8)));
                (bits, count) = (bits & ((1 << (count - 8)) - 1), count - 8);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("id=\"key\">(?<key>[A-Z2-7]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<li>(?<code>[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5})</li>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecoveryCode();
}
