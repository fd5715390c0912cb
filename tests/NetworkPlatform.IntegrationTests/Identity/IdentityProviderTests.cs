using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using NetworkPlatform.Api;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>A tenant's own OpenID provider, played by one of other hands.</summary>
public sealed class IdentityProviderTests(DatabaseServer server) : IAsyncLifetime
{
    private const string Secret = "a secret/with+signs";

    private readonly NodeClient node = NodeClient.Start("identity-provider.js", ApiHost.Issuer + "/account/external/callback");
    private readonly SmtpSink mail = new();
    private ApiFixture api = null!;
    private string issuer = "";

    public async ValueTask InitializeAsync()
    {
        await mail.InitializeAsync();
        api = await ApiFixture.Start(server, [("Outbound:AllowPrivateNetworks", "true"), .. mail.Settings.Select(s => (s.Key, s.Value))]);
        issuer = (await node.Output.ReadLineAsync()).ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        node.Dispose();
        await api.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task A_member_signs_in_at_the_tenants_provider_and_gets_tokens_for_that_tenant()
    {
        var tenant = await WithProvider();
        var person = await tenant.NewPerson("viewer");
        var app = await RelyingParty.New(tenant);
        var browser = new Browser(api, tenant.Slug);
        (await browser.Get("/account/sign-in")).Html.ShouldContain("Sign in with Our provider");

        (await SignIn(browser, "their-sub", person.Email)).ShouldLeadTo("/account/sign-out");

        var tokens = await app.Redeem(await app.Code(browser));
        tokens.Text("access_token").Claims()["sub"]!.GetValue<Guid>().ShouldBe(person.Id);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        (await tenant.Admin.All("/audit?action=sign-in-externally")).ShouldHaveSingleItem();

        // From then on it is the link that counts, whatever the address has become.
        (await SignIn(new Browser(api, tenant.Slug), "their-sub", "changed@example.org")).ShouldLeadTo("/account/sign-out");
    }

    [Fact]
    public async Task Whoever_runs_a_provider_is_nobody_in_another_tenant_and_in_nobodys_account()
    {
        var network = await api.NewNetwork();
        var (evil, other) = (await network.NewMember(), await network.NewMember());
        await SetProvider(evil);
        var victim = await other.NewPerson("tenant-admin");
        await NetworkFounding.RegisterPersonAsync(api.Host.Services, evil.Slug, victim.Email, "x", People.Password, ["viewer"]);
        var browser = new Browser(api, evil.Slug);

        (await SignIn(browser, "anything", victim.Email)).ShouldLeadTo("/account/sign-out");

        var elsewhere = await RelyingParty.New(other);
        (await elsewhere.Ask(browser)).ShouldLeadTo("/account/sign-in");
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await browser.Get($"/account?tenant={other.Slug}")).ShouldLeadTo("/account/sign-in");
        (await (await RelyingParty.New(evil)).Ask(browser)).ShouldGoBackWith("code");
    }

    [Fact]
    public async Task Whoever_runs_an_umbrellas_provider_does_not_run_its_network()
    {
        var network = await api.NewNetwork();
        var umbrella = new Tenant(api, network, network.Slug, network.Id) { Admin = network.Admin };
        await SetProvider(umbrella);
        var victim = await umbrella.NewPerson("network-admin", "tenant-admin");
        await api.Database.Execute("UPDATE identity.memberships SET below = true WHERE tenant_id = $1", network.Id);
        var (browser, app) = (new Browser(api, umbrella.Slug), await RelyingParty.New(umbrella));
        (await SignIn(browser, "anything", victim.Email)).ShouldLeadTo("/account/sign-out");

        var token = (await app.Redeem(await app.Code(browser))).Text("access_token");

        token.Claims()["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["tenant-admin"]);
        token.Claims()["below"].ShouldBeNull();
    }

    [Fact]
    public async Task What_is_a_persons_own_in_the_whole_network_is_closed_to_whom_a_tenants_provider_has_signed_in()
    {
        var tenant = await WithProvider();
        var victim = await tenant.NewPerson("viewer", "volunteer");
        var volunteer = (await tenant.Admin.Post("/volunteers", new { name = "Vera", email = victim.Email }).Created()).Id();
        var browser = new Browser(api, tenant.Slug);
        (await SignIn(browser, "anything", victim.Email)).ShouldLeadTo("/account/sign-out");
        var app = await RelyingParty.New(tenant);
        var tokens = await app.Redeem(await app.Code(browser));

        foreach (var token in (string[])[tokens.Text("access_token"), (await app.Refresh(tokens.Text("refresh_token"))).Text("access_token")])
        {
            var caller = new ApiClient(api.Host.CreateClient());
            caller.Http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
            await caller.Get("/tenant").Ok();
            await caller.Get("/me/export").Problem(403, "own-sign-in-needed");
            await caller.Patch("/me", new { name = "x" }).Problem(403, "own-sign-in-needed");
            await caller.Post("/me/erasure").Problem(403, "own-sign-in-needed");
            await caller.Delete($"/me?erasure={Guid.NewGuid()}").Problem(403, "own-sign-in-needed");
            await caller.Get($"/volunteers/{volunteer}/check-ins").Problem(403, "own-sign-in-needed");
        }

        await (await victim.Api()).Get("/me/export").Ok();
    }

    [Fact]
    public async Task Nobody_becomes_a_member_by_it()
    {
        var tenant = await WithProvider();
        var stranger = await (await tenant.Network.NewMember()).NewPerson();
        var member = await tenant.NewPerson();

        (await SignIn(new Browser(api, tenant.Slug), "s1", stranger.Email)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SignIn(new Browser(api, tenant.Slug), "s2", "nobody@example.org")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SignIn(new Browser(api, tenant.Slug), "s3", member.Email, isVerified: false)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.external_logins")).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_counts_once_in_the_browser_that_asked_and_only_from_the_provider_that_was_asked()
    {
        var tenant = await WithProvider();
        var person = await tenant.NewPerson();
        var browser = new Browser(api, tenant.Slug);
        var back = await ComeBack(browser, "sub", person.Email);
        back.ShouldContain("&iss=");

        await Refused(new Browser(api, tenant.Slug), back);
        await Refused(browser, Changed("state", "another"));
        back = await ComeBack(browser, "sub", person.Email);
        await Refused(browser, QueryHelpers.AddQueryString("/account/external/callback", Parsed(back, "iss", "https://attacker.example")));
        back = await ComeBack(browser, "sub", person.Email);
        await Refused(browser, QueryHelpers.AddQueryString("/account/external/callback", Parsed(back, "iss", null)));
        back = await ComeBack(browser, "sub", person.Email);
        await Refused(browser, QueryHelpers.AddQueryString("/account/external/callback", Parsed(back, "code", "made-up")));
        back = await ComeBack(browser, "sub", person.Email);
        (await browser.Get(back)).ShouldLeadTo("/account/sign-out");
        (await browser.Get(back)).Status.ShouldBe(HttpStatusCode.Forbidden);

        string Changed(string name, string value) => QueryHelpers.AddQueryString("/account/external/callback", Parsed(back, name, value));
    }

    [Fact]
    public async Task A_provider_is_tried_before_it_is_kept_and_its_secret_is_shown_to_nobody()
    {
        var tenant = await api.NewTenant();

        (await Put(tenant, new { name = "x", issuer = "http://127.0.0.1:9", clientId = "x", clientSecret = "x" })).ShouldBeProblem(422, "identity-provider-unusable");
        (await Put(tenant, new { name = "x", issuer = "ftp://example.org", clientId = "x", clientSecret = "x" })).ShouldBeInvalid("issuer");
        (await Put(tenant, new { name = "", issuer, clientId = "x", clientSecret = "x" })).ShouldBeInvalid("name");
        await tenant.Admin.Get("/tenant/identity-provider").Problem(404, "identity-provider-not-found");
        await SetProvider(tenant);

        var shown = await tenant.Admin.Get("/tenant/identity-provider").Ok();
        (shown.Text("issuer"), shown.GetProperty("hasSecret").GetBoolean(), shown.Text("redirectUri")).ShouldBe((issuer, true, ApiHost.Issuer + "/account/external/callback"));
        shown.GetRawText().ShouldNotContain(Secret);
        (await api.Database.Scalar<string>("SELECT encode(encrypted_secret, 'escape') FROM identity.identity_providers")).ShouldNotContain(Secret);
        await (await api.NewTenant()).Admin.Get("/tenant/identity-provider").Problem(404, "identity-provider-not-found");
        (await (await tenant.ClientAs("coordinator")).Get("/tenant/identity-provider")).ShouldBeProblem(403, "permission-missing");
    }

    [Fact]
    public async Task Removing_the_provider_ends_what_it_began()
    {
        var (tenant, browser, app, token) = await SignedIn();

        await tenant.Admin.Delete("/tenant/identity-provider").NoContent();

        (await app.Ask(browser)).ShouldLeadTo("/account/sign-in");
        (await api.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Get("/account/external")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_provider_in_its_place_ends_what_it_began_and_another_name_or_secret_does_not()
    {
        var (tenant, browser, app, token) = await SignedIn();
        (await Put(tenant, new { name = "Renamed", issuer, clientId = "networkplatform", clientSecret = Secret })).ShouldBe(HttpStatusCode.NoContent);
        (await api.TryToken(token)).ShouldBe(HttpStatusCode.OK);

        (await Put(tenant, new { name = "Renamed", issuer, clientId = "another", clientSecret = Secret })).ShouldBe(HttpStatusCode.NoContent);

        (await app.Ask(browser)).ShouldLeadTo("/account/sign-in");
        (await api.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.external_logins WHERE tenant_id = $1", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Signing_in_there_ends_the_session_that_the_browser_had()
    {
        var tenant = await WithProvider();
        var person = await tenant.NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(tenant);
        var before = await app.Redeem(await app.Code(browser));

        (await SignIn(browser, "sub", person.Email)).ShouldLeadTo("/account/sign-out");

        (await api.TryToken(before.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", before.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await app.Ask(browser)).ShouldGoBackWith("code");
    }

    [Theory]
    [InlineData("{\"issuer\":1}", "{}")]
    [InlineData("{\"issuer\":\"\\ud800\"}", "{}")]
    [InlineData("{\"issu\\ud800\":1}", "{}")]
    [InlineData("{\"issuer\":\"ISSUER\",\"jwks_uri\":1}", "{}")]
    [InlineData("{\"issuer\":\"ISSUER\",\"jwks_uri\":\"ftp://x\"}", "{}")]
    [InlineData("{\"issuer\":\"ISSUER\",\"jwks_uri\":\"ISSUER/keys\"}", "[]")]
    [InlineData("{\"issuer\":\"ISSUER\",\"jwks_uri\":\"ISSUER/keys\"}", "{\"keys\":[null]}")]
    public async Task A_provider_that_says_of_itself_what_cannot_be_is_refused(string document, string keys)
    {
        LoopbackServer? provider = null;
        using (provider = new LoopbackServer(r => (200, r.Path.EndsWith("/keys", StringComparison.Ordinal) ? keys : document.Replace("ISSUER", provider!.Address, StringComparison.Ordinal))))
        {
            (await Put(await api.NewTenant(), new { name = "x", issuer = provider.Address, clientId = "x", clientSecret = "x" })).ShouldBeProblem(422, "identity-provider-unusable");
        }
    }

    [Theory]
    [InlineData("application/json; charset=nobody-knows")]
    [InlineData("application/json; charset=utf-7")]
    public async Task Nobody_is_signed_in_by_tokens_that_come_in_a_form_that_cannot_be_read(string contentType)
    {
        const string Document = """
            {"issuer":"ISSUER","jwks_uri":"ISSUER/keys","authorization_endpoint":"ISSUER/authorize","token_endpoint":"ISSUER/token","userinfo_endpoint":"ISSUER/me","keys":[]}
            """;
        LoopbackServer? provider = null;
        using (provider = new LoopbackServer(_ => (200, Document.Replace("ISSUER", provider!.Address, StringComparison.Ordinal))) { ContentType = path => path == "/token" ? contentType : "application/json" })
        {
            var tenant = await api.NewTenant();
            (await Put(tenant, new { name = "x", issuer = provider.Address, clientId = "x", clientSecret = "x" })).ShouldBe(HttpStatusCode.NoContent);
            var browser = new Browser(api, tenant.Slug);
            var begun = await browser.Get("/account/external");
            var state = QueryHelpers.ParseQuery(new Uri(begun.Location.ShouldNotBeNull()).Query)["state"].ToString();

            await Refused(browser, QueryHelpers.AddQueryString("/account/external/callback", new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = "x", ["state"] = state }));

            provider.Requests.ShouldContain(r => r.Path == "/token");
        }
    }

    [Fact]
    public async Task Whoever_is_invited_accepts_by_signing_in_there_and_is_linked()
    {
        var tenant = await WithProvider();
        var (browser, email) = (new Browser(api, tenant.Slug), NewAddress());
        var link = await Invite(tenant, email, "finance");
        var page = await browser.Get(link);
        page.Html.ShouldContain("Accept by signing in with Our provider");
        page.Headers["Content-Security-Policy"].ShouldNotContain("form-action", Case.Sensitive, "else browsers would not follow the form to the provider");

        // The provider knows them by another address, or none: it is the letter that shows whom the tenant means.
        (await AcceptAt(browser, link, new { sub = "new-sub", email = "private@example.org", email_verified = false, name = "Dana Cohen" })).ShouldLeadTo("/account/sign-out");

        var member = (await tenant.Admin.All("/members")).ShouldHaveSingleItem();
        (member.Text("name"), member.GetProperty("roles")[0].GetString()).ShouldBe(("Dana Cohen", "finance"));
        var app = await RelyingParty.New(tenant);
        (await app.Redeem(await app.Code(browser))).Text("access_token").Claims()["sub"]!.GetValue<Guid>().ShouldBe(member.GetProperty("personId").GetGuid());
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
        (await SignIn(new Browser(api, tenant.Slug), "new-sub", "changed@example.org")).ShouldLeadTo("/account/sign-out");
        (await new Browser(api, tenant.Slug).Get(link)).ShouldRefuse("not valid any more");
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE email = $1 AND password_hash IS NULL", email)).ShouldBe(1);
    }

    [Fact]
    public async Task Whom_the_network_knows_accepts_there_only_if_the_provider_vouches_for_the_address()
    {
        var tenant = await WithProvider();
        var known = await (await tenant.Network.NewMember()).NewPerson();
        var link = await Invite(tenant, known.Email, "viewer");

        // Whoever the letter was passed on to is not whom it was written to.
        foreach (var (email, isVerified) in ((string, bool)[])[("friend@example.org", true), (known.Email, false)])
        {
            var refused = await AcceptAt(new Browser(api, tenant.Slug), link, new { sub = "friend", email, email_verified = isVerified });
            refused.Status.ShouldBe(HttpStatusCode.Forbidden, refused.Html);
            refused.Text.ShouldContain("has an account here already");
        }

        (await tenant.Admin.All("/members")).ShouldBeEmpty();
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.external_logins")).ShouldBe(0);
        (await AcceptAt(new Browser(api, tenant.Slug), link, new { sub = "themself", email = known.Email, email_verified = true })).ShouldLeadTo("/account/sign-out");
        (await tenant.Admin.All("/members")).ShouldHaveSingleItem().GetProperty("personId").GetGuid().ShouldBe(known.Id);
    }

    [Fact]
    public async Task Nobody_accepts_by_what_another_site_sends_nor_what_was_revoked_meanwhile()
    {
        var tenant = await WithProvider();
        var (browser, email) = (new Browser(api, tenant.Slug), NewAddress());
        var link = await Invite(tenant, email, "viewer");
        var token = QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), link).Query)["token"].ToString();

        (await browser.Post("/account/invitation?handler=provider", new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token })).ShouldRefuse("open for too long");
        browser.Cookies.Any(c => c.Name.EndsWith("external", StringComparison.Ordinal)).ShouldBeFalse();
        await As(new { sub = "late", email, email_verified = true });
        var back = await BackFrom(await browser.Submit(link, new { }, "handler=provider"));
        await tenant.Admin.Delete($"/members/invitations/{(await tenant.Admin.All("/members/invitations")).Single(i => i.Text("email") == email).Id()}").NoContent();
        (await browser.Get(back)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await tenant.Admin.All("/members")).ShouldBeEmpty();
        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE email = $1", email)).ShouldBe(0);
    }

    private static string NewAddress() => $"dana-{Guid.NewGuid():N}@example.org";

    /// <summary>The address in the letter that the invitation sends.</summary>
    private async Task<string> Invite(Tenant tenant, string email, string role)
    {
        await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { role } }).Created();
        var text = (await mail.To(email, 1))[^1].Text("text");
        return new Uri(System.Text.RegularExpressions.Regex.Match(text, @"https?://\S+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value).PathAndQuery;
    }

    private async Task<PageAnswer> AcceptAt(Browser browser, string link, object person)
    {
        await As(person);
        return await browser.Get(await BackFrom(await browser.Submit(link, new { }, "handler=provider")));
    }

    /// <summary>A viewer who is signed in at the tenant's provider, with a token that an application got by it.</summary>
    private async Task<(Tenant Tenant, Browser Browser, RelyingParty App, string Token)> SignedIn()
    {
        var tenant = await WithProvider();
        var person = await tenant.NewPerson("viewer");
        var browser = new Browser(api, tenant.Slug);
        (await SignIn(browser, "sub", person.Email)).ShouldLeadTo("/account/sign-out");
        var app = await RelyingParty.New(tenant);
        return (tenant, browser, app, (await app.Redeem(await app.Code(browser))).Text("access_token"));
    }

    private async Task<Tenant> WithProvider()
    {
        var tenant = await api.NewTenant();
        await SetProvider(tenant);
        return tenant;
    }

    private async Task SetProvider(Tenant tenant) => (await Put(tenant, new { name = "Our provider", issuer, clientId = "networkplatform", clientSecret = Secret })).ShouldBe(HttpStatusCode.NoContent);

    private static Task<Answer> Put(Tenant tenant, object body) => tenant.Admin.Send(HttpMethod.Put, "/tenant/identity-provider", body);

    private static async Task Refused(Browser browser, string address)
    {
        var answer = await browser.Get(address);
        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Html);
        browser.Cookies.Any(c => c.Name.EndsWith("session", StringComparison.Ordinal)).ShouldBeFalse();
    }

    private static Dictionary<string, string?> Parsed(string address, string name, string? value)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), address).Query).ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal);
        query[name] = value;
        return query.Where(q => q.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    private async Task<PageAnswer> SignIn(Browser browser, string sub, string email, bool isVerified = true) => await browser.Get(await ComeBack(browser, sub, email, isVerified));

    /// <summary>Goes to the provider, where nobody is asked anything, and returns with what address the browser would come back.</summary>
    private async Task<string> ComeBack(Browser browser, string sub, string email, bool isVerified = true)
    {
        await As(new { sub, email, email_verified = isVerified });
        return await BackFrom(await browser.Get("/account/external"), HttpStatusCode.Redirect);
    }

    /// <summary>Whom the provider signs in next.</summary>
    private async Task As(object person)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri($"{issuer}/as"), person)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> BackFrom(PageAnswer begun, HttpStatusCode status = HttpStatusCode.SeeOther)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), CheckCertificateRevocationList = true });
        begun.Status.ShouldBe(status, begun.Html);
        var address = new Uri(begun.Location.ShouldNotBeNull());
        while (address.AbsoluteUri.StartsWith(issuer, StringComparison.Ordinal))
        {
            using var answer = await http.GetAsync(address);
            address = new Uri(address, answer.Headers.Location.ShouldNotBeNull(await answer.Content.ReadAsStringAsync()));
        }

        return address.PathAndQuery;
    }
}
