using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Signing in with a password, over HTTP, without any script.</summary>
public sealed class SignInTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_person_signs_in_comes_back_to_where_they_were_sent_from_and_signs_out()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = new Browser(api, person.Tenant.Slug);
        var refused = await browser.Get("/account");
        refused.ShouldLeadTo("/account/sign-in");

        var back = await browser.Submit(refused.Location!, new { email = person.Email, password = person.Password });

        back.Status.ShouldBe(HttpStatusCode.SeeOther, back.Html);
        back.Location.ShouldBe($"/account?tenant={person.Tenant.Slug}");
        (await browser.Get("/account")).Text.ShouldContain(person.Email);

        (await browser.Submit("/account/sign-out", new { })).ShouldLeadTo("/account/sign-out");
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
    }

    [Fact]
    public async Task An_address_with_what_is_no_character_is_nobodys()
    {
        var tenant = await api.NewTenant();

        (await new Browser(api, tenant.Slug).SignIn("no\uFFFEbody@example.org", People.Password)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Unknown_wrong_and_locked_are_answered_alike_and_take_alike()
    {
        var tenant = await api.NewTenant();
        var (person, locked, unconfirmed) = (await tenant.NewPerson(), await tenant.NewPerson(), await tenant.NewPerson());
        await api.Database.Execute("UPDATE identity.people SET email_confirmed_at = NULL WHERE id = $1", unconfirmed.Id);
        for (var i = 0; i < 6; i++)
        {
            await new Browser(api, tenant.Slug).SignIn(locked.Email, "not the password");
        }

        var browser = new Browser(api, tenant.Slug);
        var page = await browser.Get("/account/sign-in");
        var cases = new Dictionary<string, (string Email, string Password)>(StringComparer.Ordinal)
        {
            ["unknown"] = ("nobody@example.org", People.Password),
            ["wrong"] = (person.Email, "not the password"),
            ["locked"] = (locked.Email, People.Password),
            ["unconfirmed"] = (unconfirmed.Email, People.Password),
        };
        Dictionary<string, List<double>> times = new(StringComparer.Ordinal);
        HashSet<string> bodies = new(StringComparer.Ordinal);

        // The fastest of each, which other load on the machine touches least; on a busy one it takes more rounds until each had a quiet moment.
        double Spread() => times.Values.Max(t => t.Min()) / times.Values.Min(t => t.Min());
        for (var round = 0; round < 4 || (round < 16 && Spread() >= 2); round++)
        {
            foreach (var (name, (email, password)) in cases)
            {
                var watch = Stopwatch.StartNew();
                var answer = await browser.Submit(page, new { email, password });
                times.TryAdd(name, []);
                times[name].Add(watch.Elapsed.TotalMilliseconds);

                answer.Status.ShouldBe(HttpStatusCode.BadRequest, name);
                bodies.Add(Regex.Replace(answer.Html.Replace(email, "EMAIL", StringComparison.Ordinal), "(?:value|data-options)=\"[^\"]{80,}\"", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
                answer.Headers.Keys.ShouldBe((await browser.Submit(page, new { email = "x@example.org", password })).Headers.Keys, ignoreOrder: true);
            }
        }

        bodies.Count.ShouldBe(1, string.Join("\n----\n", bodies));

        Spread().ShouldBeLessThan(2, string.Join(", ", times.Select(t => $"{t.Key} {t.Value.Min():0.0} ms")));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_that_address_until_the_time_is_over_and_no_longer()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson();
        for (var i = 0; i < 5; i++)
        {
            (await new Browser(own, person.Tenant.Slug).SignIn(person.Email, "not the password")).ShouldRefuse("is wrong");
        }

        (await new Browser(own, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
        own.Host.Clock.Advance(TimeSpan.FromMinutes(14));
        (await new Browser(own, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
        own.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await new Browser(own, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task While_a_password_is_tried_no_connection_and_no_lock_is_held()
    {
        DatabaseServer.OnPostgreSqlOnly("its view of activity");
        var person = await (await api.NewTenant()).NewPerson();
        var slow = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 5_000_000 }));
        await api.Database.Execute("UPDATE identity.people SET password_hash = $1 WHERE id = $2", slow.HashPassword(new(), person.Password), person.Id);
        var browser = new Browser(api, person.Tenant.Slug);
        var page = await browser.Get("/account/sign-in");

        var watch = Stopwatch.StartNew();
        var trying = Task.Run(() => browser.Submit(page, new { email = person.Email, password = person.Password }));
        var longest = 0.0;
        while (!trying.IsCompleted)
        {
            longest = Math.Max(longest, await api.Database.Scalar<double>(
                "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'networkplatform identity'"));
        }

        (await trying).ShouldLeadTo("/account");
        longest.ShouldBeLessThan(watch.Elapsed.TotalSeconds / 2);
    }

    [Fact]
    public async Task Failures_whose_time_is_over_and_sessions_on_which_nothing_can_stand_are_not_kept()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var network = person.Tenant.Network.Id;
        await new Browser(api, person.Tenant.Slug).SignIn("nobody@example.org", "not the password");
        (await Failures()).ShouldBe(3);
        await api.Database.Execute("UPDATE identity.failed_sign_ins SET window_ends_at = now() - interval '1 minute' WHERE network_id = $1", network);
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = "https://app.example/logout" });
        await app.Code(await person.SignedIn());
        await api.Database.Execute("UPDATE identity.sign_in_sessions SET created_at = now() - interval '31 days' WHERE person_id = $1", person.Id);

        await new Browser(api, person.Tenant.Slug).SignIn("somebody@example.org", "not the password");
        await person.SignedIn();

        (await Failures()).ShouldBe(3);
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.sign_in_sessions WHERE person_id = $1", person.Id)).ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.logout_notices WHERE person_id = $1", person.Id)).ShouldBe(0);

        Task<long> Failures() => api.Database.Scalar<long>("SELECT count(*) FROM identity.failed_sign_ins WHERE network_id = $1", network);
    }

    [Fact]
    public async Task A_browser_may_call_itself_anything()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = new Browser(api, person.Tenant.Slug);
        browser.Headers.TryAddWithoutValidation("User-Agent", new string('a', 299) + "🌿").ShouldBeTrue();

        (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account");

        (await api.Database.Scalar<string>("SELECT user_agent FROM identity.sign_in_sessions WHERE person_id = $1", person.Id)).ShouldBe(new string('a', 299));
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_count_one_by_one()
    {
        var person = await (await api.NewTenant()).NewPerson();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => new Browser(api, person.Tenant.Slug).SignIn(person.Email, i == 11 ? "the twelfth guess" : $"guess number {i}")));

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.BadRequest);
        (await api.Database.Scalar<int>("SELECT max(count) FROM identity.failed_sign_ins f JOIN identity.people p ON p.network_id = f.network_id WHERE p.id = $1 AND count <= 5", person.Id)).ShouldBe(5);
        (await new Browser(api, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
    }

    [Fact]
    public async Task A_new_session_begins_with_each_sign_in_and_the_old_one_ends()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        var stolen = browser.Cookies["session"]!.Value;

        (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account");

        (browser.Cookies["session"]!.Value == stolen).ShouldBeFalse();
        var thief = new Browser(api, person.Tenant.Slug);
        thief.SetCookie("session", stolen);
        (await thief.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await browser.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_an_hour_after_its_last_use_and_twelve_hours_after_it_began()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson();
        var (idle, busy) = (await person.SignedIn(), await person.SignedIn());
        for (var i = 0; i < 14; i++)
        {
            own.Host.Clock.Advance(TimeSpan.FromMinutes(50));
            (await busy.Get("/account")).Status.ShouldBe(HttpStatusCode.OK, $"after {i + 1} times 50 minutes");
        }

        (await idle.Get("/account")).ShouldLeadTo("/account/sign-in");
        own.Host.Clock.Advance(TimeSpan.FromMinutes(50));
        (await busy.Get("/account")).ShouldLeadTo("/account/sign-in");
    }

    [Fact]
    public async Task A_person_sees_their_sessions_ends_one_and_then_all()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var (here, there) = (await person.SignedIn(), await person.SignedIn());
        var list = await here.Get("/account/sessions");
        list.Text.ShouldContain("This device");

        (await here.Submit(list, new { }, "handler=end")).ShouldLeadTo("/account/sessions");
        (await there.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await here.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        var another = await person.SignedIn();
        (await here.Submit("/account/sessions", new { }, "handler=everywhere")).ShouldLeadTo("/account/sign-out");
        foreach (var browser in (Browser[])[here, another])
        {
            (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
        }
    }

    [Fact]
    public async Task All_sessions_that_something_may_stand_on_end_together()
    {
        DatabaseServer.OnPostgreSqlOnly("statements are told apart by the database's name in the connection string.");
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson();
        var browsers = new[] { await person.SignedIn(), await person.SignedIn(), await person.SignedIn() };
        await own.Database.Execute(
            "UPDATE identity.sign_in_sessions SET created_at = $1 WHERE id = (SELECT id FROM identity.sign_in_sessions ORDER BY id LIMIT 1)", DateTimeOffset.UtcNow.AddDays(-31));
        var page = await browsers[2].Get("/account/sessions");
        using var seen = new SentCommands(own.Database.Settings["Database:ConnectionString"], "FROM identity.logout_notices");

        (await browsers[2].Submit(page, new { }, "handler=everywhere")).ShouldLeadTo("/account/sign-out");

        seen.Take().ShouldBe(1);
        (await own.Database.Scalar<long>("SELECT count(*) FROM identity.sign_in_sessions WHERE ended_at IS NOT NULL")).ShouldBe(2);
        (await browsers[1].Get("/account")).ShouldLeadTo("/account/sign-in");
    }

    [Theory]
    [InlineData("/account/sessions", "handler=everywhere")]
    [InlineData("/account/password", "newPassword")]
    public async Task Whoever_signs_out_everywhere_or_changes_the_password_ends_tokens_that_were_just_taken_at_once(string page, string form)
    {
        var person = await (await api.NewTenant()).NewPerson();
        var program = await person.Api();
        (await program.Get("/shifts")).Status.ShouldBe(HttpStatusCode.OK);

        await (await person.SignedIn()).Submit(page, new { newPassword = "seven pears under a bridge" }, form);

        (await program.Get("/shifts")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var tenant = await api.NewTenant();
        var (one, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var (mine, theirs) = (await one.SignedIn(), await other.SignedIn());
        await one.SignedIn();
        var id = await api.Database.Scalar<Guid>("SELECT id FROM identity.sign_in_sessions WHERE person_id = $1", other.Id);

        await mine.Submit("/account/sessions", new { id }, "handler=end");

        (await theirs.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_is_of_one_network_and_of_no_use_for_the_api_or_elsewhere()
    {
        var person = await (await api.NewTenant()).NewPerson("tenant-admin");
        var elsewhere = await api.NewTenant();
        var browser = await person.SignedIn();

        (await browser.Get($"/account?tenant={elsewhere.Slug}")).ShouldLeadTo("/account/sign-in");
        (await browser.Get("/api/v1/members", ("X-Tenant", person.Tenant.Slug))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var sameNetwork = await person.Tenant.Network.NewMember();
        (await browser.Get($"/account?tenant={sameNetwork.Slug}")).Status.ShouldBe(HttpStatusCode.OK);
        (await new Browser(api, elsewhere.Slug).SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
    }

    [Fact]
    public async Task Who_is_shut_out_is_out_at_once()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();

        await api.Database.Execute("UPDATE identity.people SET disabled_at = now() WHERE id = $1", person.Id);

        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await new Browser(api, person.Tenant.Slug).SignIn(person.Email, person.Password)).ShouldRefuse("is wrong");
    }

    [Fact]
    public async Task A_form_that_another_site_sends_changes_nothing()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();

        var forged = await browser.Post("/account", new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Somebody else", ["language"] = "fr" });

        forged.ShouldRefuse("The form was open for too long");
        (await api.Database.Scalar<string>("SELECT name FROM identity.people WHERE id = $1", person.Id)).ShouldBe("Noa Levi");
    }

    [Fact]
    public async Task Cookies_and_pages_say_what_browsers_need_to_protect_them()
    {
        await using var own = await ApiFixture.Start(api.Server, ("Identity:Issuer", "https://localhost"));
        var person = await (await own.NewTenant()).NewPerson();
        var browser = new Browser(own, person.Tenant.Slug, "https://localhost");

        var page = await browser.Get("/account/sign-in");
        var signedIn = await browser.Submit(page, new { email = person.Email, password = person.Password });

        foreach (var cookie in page.SetCookies.Concat(signedIn.SetCookies))
        {
            cookie.ShouldStartWith("__Host-");
            cookie.ShouldContain("; path=/;", Case.Insensitive);
            cookie.ShouldContain("; secure", Case.Insensitive);
            cookie.ShouldContain("; httponly", Case.Insensitive);
            cookie.ShouldContain("; samesite=", Case.Insensitive);
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }

        signedIn.SetCookies.ShouldContain(c => c.StartsWith("__Host-session=", StringComparison.Ordinal) && c.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
        page.Headers["Content-Security-Policy"].ShouldBe(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
        page.Headers["X-Frame-Options"].ShouldBe("DENY");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Headers["Referrer-Policy"].ShouldBe("same-origin");
        page.Headers["Cache-Control"].ShouldContain("no-store");
        page.Headers["Strict-Transport-Security"].ShouldContain("max-age=31536000");
        page.Html.ShouldNotContain(" style=");
        page.Html.ShouldNotContain("<style");
        Regex.IsMatch(page.Html, "<script(?![^>]* src=)", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        (await own.Anonymous().Http.GetAsync(new Uri("/health/live", UriKind.Relative))).Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Nodes_read_one_anothers_cookies_and_the_database_alone_is_of_no_use()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = await person.SignedIn();
        await using var other = new ApiHost(api.Settings);
        using var http = other.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/account?tenant={person.Tenant.Slug}", UriKind.Relative));
        request.Headers.Add("Cookie", $"session={browser.Cookies["session"]!.Value}");

        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var stored = await api.Database.Scalar<string>("SELECT string_agg(xml, ' ') FROM identity.data_protection_keys");
        stored.ShouldContain("DataProtectionKeyDecryptor");
        stored.ShouldNotContain("masterKey");
    }

    [Fact]
    public async Task Pages_of_no_tenant_and_of_a_suspended_one_say_so()
    {
        var tenant = await api.NewTenant();
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();

        var suspended = await new Browser(api, tenant.Slug).Get("/account/sign-in");
        suspended.Status.ShouldBe(HttpStatusCode.Forbidden);
        suspended.Text.ShouldContain("suspended");
        var nowhere = await new Browser(api, "nobody-at-all").Get("/account/sign-in", ("Accept-Language", "fr"));
        nowhere.Status.ShouldBe(HttpStatusCode.NotFound);
        nowhere.Text.ShouldContain("ne correspond à aucune organisation");
        (await new Browser(api, "%00").Get("/account/sign-in")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_in_leads_nowhere_but_on_this_site()
    {
        var person = await (await api.NewTenant()).NewPerson();
        foreach (var elsewhere in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
        {
            var browser = new Browser(api, person.Tenant.Slug);
            (await browser.Submit($"/account/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}", new { email = person.Email, password = person.Password })).Location
                .ShouldBe($"/account?tenant={person.Tenant.Slug}", elsewhere);
        }
    }
}
