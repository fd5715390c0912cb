using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Forgotten, changed and refused passwords, and other addresses: with letters that a real mail server took.</summary>
public sealed class PasswordTests(MailedFixture mailed) : IClassFixture<MailedFixture>
{
    private const string Another = "nine herons over slate";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_once_and_every_session_ends()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var open = await person.SignedIn();
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        (await browser.Submit("/account/forgot-password", new { email = person.Email.ToUpperInvariant() })).Status.ShouldBe(HttpStatusCode.OK);
        var letter = await mailed.LetterTo(person.Email);

        var done = await browser.Submit(letter.Link!, new { newPassword = Another });

        done.Text.ShouldContain("Your password is changed");
        (await open.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await browser.SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
        (await browser.SignIn(person.Email, Another)).ShouldLeadTo("/account");
        (await browser.Submit(letter.Link!, new { newPassword = "a third one altogether" })).ShouldRefuse("not valid any more");
        (await mailed.LetterTo(person.Email, 2)).Text.ShouldContain("has just been changed");
    }

    [Fact]
    public async Task A_password_that_was_chosen_by_mail_counts_at_once_where_wrong_ones_had_been_tried()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        for (var i = 0; i < 5; i++)
        {
            (await browser.SignIn(person.Email, "not the password")).ShouldRefuse("is wrong");
        }

        await browser.Submit("/account/forgot-password", new { email = person.Email });
        (await browser.Submit((await mailed.LetterTo(person.Email)).Link!, new { newPassword = Another })).Text.ShouldContain("Your password is changed");

        (await browser.SignIn(person.Email, Another)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task Clients_with_a_back_channel_are_told_of_the_sessions_that_another_password_or_address_ends_and_of_no_other()
    {
        await using var sink = new SmtpSink();
        await sink.InitializeAsync();
        await using var own = await ApiFixture.Start(mailed.Api.Server, [("Outbound:AllowPrivateNetworks", "true"), .. sink.Settings.Select(s => (s.Key, s.Value))]);
        using var client = new LoopbackServer(_ => (200, ""));
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = client.Address + "/logout" });
        var (browser, other) = (await person.SignedIn(), await person.SignedIn());
        var (mine, theirs) = (await SessionAt(browser), await SessionAt(other));

        (await browser.Submit("/account/password", new { newPassword = Another })).Text.ShouldContain("Your password is changed");
        (await Told(1)).ShouldBe([theirs]);
        (await browser.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        await other.Submit("/account/forgot-password", new { email = person.Email });
        var link = await LinkIn(person.Email, "/account/reset-password");
        (await other.Submit(link, new { newPassword = person.Password })).Text.ShouldContain("Your password is changed");
        (await Told(2)).ShouldBe([theirs, mine]);

        var third = await person.SignedIn();
        var last = await SessionAt(third);
        var wanted = $"new-{Guid.NewGuid():N}@example.org";
        await third.Submit("/account/email", new { email = wanted });
        (await other.Submit(await LinkIn(wanted, "/account/confirm-email"), new { })).Text.ShouldContain("Your address is changed");
        (await Told(3)).ShouldBe([theirs, mine, last]);

        async Task<string> SessionAt(Browser at) => (await app.Redeem(await app.Code(at))).Text("id_token").Claims()["sid"]!.GetValue<string>();

        async Task<string> LinkIn(string address, string page)
        {
            var mails = await Eventually.Get(() => Task.FromResult(sink.To(address).Select(m => m.Text("text")).Where(t => t.Contains(page, StringComparison.Ordinal)).ToList()), found => found.Count > 0);
            return new Uri(mails[0].Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
        }

        async Task<List<string>> Told(int count)
        {
            await own.Database.EventsHaveLeft();
            return (await Eventually.Get(() => Task.FromResult(client.Requests.ToList()), sent => sent.Count >= count))
                .ConvertAll(r => QueryHelpers.ParseQuery(r.Body)["logout_token"].ToString().Claims()["sid"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Whoever_asks_for_letters_beyond_the_limit_leaves_nothing_behind()
    {
        var tenant = await mailed.Api.NewTenant();
        var browser = new Browser(mailed.Api, tenant.Slug);
        await Ask();
        await mailed.Api.Database.Execute("UPDATE identity.failed_sign_ins SET count = 200 WHERE network_id = $1", tenant.Network.Id);
        var before = await Kept();

        await Ask();

        (await Kept()).ShouldBe(before);

        async Task Ask() => (await browser.Submit("/account/forgot-password", new { email = $"{Guid.NewGuid():N}@example.org" })).Status.ShouldBe(HttpStatusCode.OK);

        Task<long> Kept() => mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.failed_sign_ins WHERE network_id = $1", tenant.Network.Id);
    }

    [Fact]
    public async Task Nobody_learns_from_a_forgotten_password_who_is_known()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = new Browser(mailed.Api, person.Tenant.Slug);
        var page = await browser.Get("/account/forgot-password");

        var (known, unknown) = (await browser.Submit(page, new { email = person.Email }), await browser.Submit(page, new { email = "nobody@example.org" }));

        known.Html.ShouldBe(unknown.Html);
        known.Status.ShouldBe(unknown.Status);
        await mailed.LetterTo(person.Email);
        mailed.Mail.To("nobody@example.org").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mailbox_is_not_flooded_by_strangers()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        for (var i = 0; i < 12; i++)
        {
            (await new Browser(mailed.Api, person.Tenant.Slug).Submit("/account/forgot-password", new { email = person.Email })).Status.ShouldBe(HttpStatusCode.OK);
        }

        await mailed.LetterTo(person.Email, 5);
        await mailed.Api.Database.EventsHaveLeft();
        mailed.Mail.To(person.Email).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_link_for_a_new_password_ends_after_an_hour_and_with_any_other_change()
    {
        await using var sink = new SmtpSink();
        await sink.InitializeAsync();
        await using var own = await ApiFixture.Start(mailed.Api.Server, [.. sink.Settings.Select(s => (s.Key, s.Value))]);
        var person = await (await own.NewTenant()).NewPerson();
        var browser = new Browser(own, person.Tenant.Slug);
        await browser.Submit("/account/forgot-password", new { email = person.Email });
        var link = new Uri((await sink.To(person.Email, 1))[0].Text("text").Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

        own.Host.Clock.Advance(TimeSpan.FromMinutes(61));

        (await browser.Submit(link, new { newPassword = Another })).ShouldRefuse("not valid any more");
        (await browser.Submit(link.Replace("token=", "token=A", StringComparison.Ordinal), new { newPassword = Another })).ShouldRefuse("not valid any more");
    }

    [Theory]
    [InlineData("elevenchars", "twelve characters or more")]
    [InlineData("password1234", "attackers try first")]
    [InlineData("P@ssw0rd1234", "attackers try first")]
    [InlineData("qwertyuiop12345", "attackers try first")]
    [InlineData("1qaz2wsx3edc", "attackers try first")]
    [InlineData("ILoveYouILoveYou", "attackers try first")]
    [InlineData("סיסמהסיסמה1234", "")]
    public async Task A_short_or_well_known_password_is_refused(string password, string said)
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();

        var answer = await browser.Submit("/account/password", new { newPassword = password });

        if (said.Length > 0)
        {
            answer.ShouldRefuse(said);
            answer.Html.ShouldContain("aria-describedby=\"newPassword-hint newPassword-error\"");
            (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account");
        }
        else
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Html);
        }
    }

    [Theory]
    [InlineData("מילים בעברית ועוד כמה")]
    [InlineData("🌿🌊🪨🔥🌿🌊🪨🔥🌿🌊🪨🔥")]
    [InlineData("             spaces around             ")]
    [InlineData("with\uFFFE what is no character")]
    public async Task Any_characters_make_a_password(string password)
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var (browser, other) = (await person.SignedIn(), await person.SignedIn());

        (await browser.Submit("/account/password", new { newPassword = password })).Text.ShouldContain("Your password is changed");

        (await browser.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await other.SignIn(person.Email, password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task A_password_of_129_characters_is_refused_and_one_of_128_is_not()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var longest = string.Concat(Enumerable.Range(0, 64).Select(i => (char)('a' + (i % 23)))) + new string('é', 64);

        (await browser.Submit("/account/password", new { newPassword = longest + "x" })).ShouldRefuse("at most 128");
        (await browser.Submit("/account/password", new { newPassword = longest })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_changes_how_somebody_signs_in_needs_proof_that_is_minutes_old()
    {
        await using var own = await ApiFixture.Start(mailed.Api.Server);
        var person = await (await own.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var form = await browser.Get("/account/password");
        own.Host.Clock.Advance(TimeSpan.FromMinutes(6));

        foreach (var page in (string[])["password", "email", "authenticator", "passkeys"])
        {
            var refused = await browser.Get($"/account/{page}");
            refused.ShouldLeadTo("/account/sign-in");
            refused.Location.ShouldNotBeNull().ShouldContain(Uri.EscapeDataString($"/account/{page}"));
        }

        (await browser.Submit(form, new { newPassword = Another })).ShouldLeadTo("/account/sign-in");
        (await new Browser(own, person.Tenant.Slug).SignIn(person.Email, Another)).ShouldRefuse("is wrong");
        var again = await browser.Submit($"/account/sign-in?returnUrl=/account/password", new { email = person.Email, password = person.Password });
        again.Location.ShouldBe("/account/password");
        (await browser.Submit("/account/password", new { newPassword = Another })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_has_letters_sent_to_any_number_of_strangers()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var strangers = Enumerable.Range(0, 7).Select(_ => $"stranger-{Guid.NewGuid():N}@example.org").ToList();
        foreach (var stranger in strangers)
        {
            (await browser.Submit("/account/email", new { email = stranger })).Text.ShouldContain(stranger, Case.Sensitive, "nobody is told of the limit");
        }

        await mailed.Api.Database.EventsHaveLeft();

        strangers.Count(stranger => mailed.Mail.To(stranger).Count > 0).ShouldBe(5);
    }

    [Fact]
    public async Task Another_address_is_confirmed_in_its_mailbox_and_the_old_one_is_told()
    {
        var person = await (await mailed.Api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var wanted = $"new-{Guid.NewGuid():N}@example.org";
        (await browser.Submit("/account/email", new { email = wanted })).Text.ShouldContain(wanted);
        var letter = await mailed.LetterTo(wanted);
        (await browser.Get(letter.Link!)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get("/account")).Text.ShouldContain(person.Email); // looking at the link changes nothing

        (await browser.Submit(letter.Link!, new { })).Text.ShouldContain("Your address is changed");

        (await browser.SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
        (await browser.SignIn(wanted, person.Password)).ShouldLeadTo("/account");
        (await mailed.LetterTo(person.Email)).Text.ShouldContain("another e-mail address");
        (await browser.Submit(letter.Link!, new { })).ShouldRefuse("not valid any more");
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_gets_no_letter_and_nobody_is_told_so()
    {
        var tenant = await mailed.Api.NewTenant();
        var (person, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var free = $"free-{Guid.NewGuid():N}@example.org";
        var browser = await person.SignedIn();

        var taken = await browser.Submit("/account/email", new { email = other.Email });
        var granted = await browser.Submit("/account/email", new { email = free });

        taken.Text.Replace(other.Email, "EMAIL", StringComparison.Ordinal).ShouldBe(granted.Text.Replace(free, "EMAIL", StringComparison.Ordinal));
        await mailed.LetterTo(free);
        mailed.Mail.To(other.Email).ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_are_in_the_readers_language()
    {
        var tenant = await mailed.Api.NewTenant();
        foreach (var (language, word) in ((string, string)[])[("en", "one hour"), ("he", "לשעה אחת"), ("fr", "valable une heure"), ("ru", "один час")])
        {
            var person = await tenant.NewPerson();
            await (await person.SignedIn()).Submit("/account", new { name = "Noa Levi", language });
            await new Browser(mailed.Api, tenant.Slug).Submit("/account/forgot-password", new { email = person.Email });

            (await mailed.LetterTo(person.Email)).Text.ShouldContain(word);
        }
    }
}
