using System.Net;
using System.Text;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>The authorization endpoint (checks 13 to 29 of docs/token-service-checks.md).</summary>
public sealed class AuthorizeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task C13_only_a_redirect_address_that_is_registered_is_taken_and_only_on_loopback_may_its_port_vary()
    {
        var (_, browser, app) = await SomebodyAtAnApplication(new { redirectUris = new[] { RelyingParty.RedirectUri, "http://127.0.0.1/back", "http://localhost:5000/back" } });

        (await app.Ask(browser, ("redirect_uri", "http://127.0.0.1:49152/back"))).Location.ShouldStartWith("http://127.0.0.1:49152/back?code=");
        foreach (var other in (string[])["https://app.example/back/", "https://app.example/Back", "https://app.example:8443/back", "https://app.example.evil.example/back", "http://app.example/back",
            "http://localhost:5001/back", "http://127.0.0.1:49152/other", "http://127.0.0.1.evil.example/back", "http://127.0.0.1:1@evil.example/back", "https://app.example/x/../back"])
        {
            (await app.Ask(browser, ("redirect_uri", other))).ShouldStayHere();
        }
    }

    [Fact]
    public async Task C14_an_unknown_client_or_redirect_address_shows_a_page_and_leads_nowhere()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();
        var machine = await app.Tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();

        (await app.Ask(browser, ("client_id", "nobody"))).ShouldStayHere();
        (await app.Ask(browser, ("client_id", null))).ShouldStayHere();
        (await app.Ask(browser, ("client_id", machine.Text("clientId")))).ShouldStayHere();
        (await app.Ask(browser, ("redirect_uri", null))).ShouldStayHere();
        (await app.Ask(browser, ("redirect_uri", "https://evil.example/"), ("response_type", "nonsense"))).ShouldStayHere();
        await app.Tenant.Admin.Delete($"/clients/{app.Id}").NoContent();
        (await app.Ask(browser)).ShouldStayHere();
    }

    [Fact]
    public async Task C15_http_can_be_registered_for_loopback_only()
    {
        var tenant = await api.NewTenant();
        foreach (var uri in (string[])["http://app.example/back", "ftp://app.example/back", "javascript:alert(1)", "/back", "https://*.app.example/back", "https://user@app.example/back", "org.example.app:/back"])
        {
            (await tenant.Admin.Post("/clients", new { name = "x", kind = "web", redirectUris = new[] { uri } })).ShouldBeInvalid("redirectUris");
        }

        await tenant.Admin.Post("/clients", new { name = "x", kind = "web", redirectUris = new[] { "http://localhost:5000/back" } }).Created();
        await tenant.Admin.Post("/clients", new { name = "x", kind = "native", redirectUris = new[] { "org.example.app:/back", "http://[::1]/back" } }).Created();
    }

    [Fact]
    public async Task C16_a_redirect_address_with_a_query_or_fragment_added_is_refused()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(browser, ("redirect_uri", RelyingParty.RedirectUri + "?more=1"))).ShouldStayHere();
        (await app.Ask(browser, ("redirect_uri", RelyingParty.RedirectUri + "#part"))).ShouldStayHere();
        (await app.Tenant.Admin.Post("/clients", new { name = "x", kind = "web", redirectUris = new[] { "https://app.example/#part" } })).ShouldBeInvalid("redirectUris");
    }

    [Fact]
    public async Task C17_every_client_needs_a_challenge()
    {
        var (_, browser, web) = await SomebodyAtAnApplication();
        var native = await RelyingParty.New(web.Tenant, new { kind = "native" });

        foreach (var app in (RelyingParty[])[web, native])
        {
            (await app.Ask(browser, ("code_challenge", null), ("code_challenge_method", null))).ShouldGoBackWith("error").ShouldBe("invalid_request");
        }
    }

    [Fact]
    public async Task C18_the_plain_challenge_method_is_refused()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(browser, ("code_challenge_method", "plain"))).ShouldGoBackWith("error").ShouldBe("invalid_request");
        (await app.Ask(browser, ("code_challenge_method", null))).ShouldGoBackWith("error").ShouldBe("invalid_request");
    }

    [Fact]
    public async Task C19_a_challenge_has_43_to_128_characters()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        foreach (var challenge in (string[])[new('a', 42), new('a', 129), new string('a', 42) + "!"])
        {
            (await app.Ask(browser, ("code_challenge", challenge))).ShouldGoBackWith("error").ShouldBe("invalid_request");
        }
    }

    [Fact]
    public async Task C20_state_and_issuer_come_back_with_codes_and_with_errors()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();
        foreach (var answer in (PageAnswer[])[await app.Ask(browser), await app.Ask(browser, ("scope", "everything"))])
        {
            answer.ShouldGoBackWith("state").ShouldBe("a state");
            answer.ShouldGoBackWith("iss").ShouldBe(ApiHost.Issuer);
        }
    }

    [Fact]
    public async Task C21_a_code_is_for_one_use_within_a_minute_by_its_own_client_with_its_own_redirect_address_and_verifier()
    {
        await using var slow = await ApiFixture.Start(api.Server);
        var person = await (await slow.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { redirectUris = new[] { RelyingParty.RedirectUri, "https://app.example/other" } });
        (string, string)[] Form(string code, string redirectUri, string verifier) => [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier)];

        var code = await app.Code(browser);
        await app.Token(Form(code, "https://app.example/other", RelyingParty.Verifier)).ShouldBeRefused("invalid_grant");
        await app.Token(Form(code, RelyingParty.RedirectUri, RelyingParty.Verifier + "x")).ShouldBeRefused("invalid_grant");
        await app.Redeem(code);
        await app.Token(Form(code, RelyingParty.RedirectUri, RelyingParty.Verifier)).ShouldBeRefused("invalid_grant");

        var late = await app.Code(browser);
        slow.Host.Clock.Advance(TimeSpan.FromSeconds(61));
        await app.Token(Form(late, RelyingParty.RedirectUri, RelyingParty.Verifier)).ShouldBeRefused("invalid_grant");
    }

    [Fact]
    public async Task C22_without_a_session_prompt_none_goes_back_with_login_required()
    {
        var (person, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(new Browser(api, person.Tenant.Slug), ("prompt", "none"))).ShouldGoBackWith("error").ShouldBe("login_required");
        (await app.Ask(browser, ("prompt", "none"))).ShouldGoBackWith("code");
        (await app.Ask(browser, ("prompt", "none login"))).ShouldGoBackWith("error").ShouldBe("invalid_request");
    }

    [Fact]
    public async Task C23_prompt_login_and_max_age_ask_for_proof_again_and_auth_time_says_so()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant);
        var first = Time(await app.Redeem(await app.Code(browser)));
        own.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        Time(await app.Redeem(await app.Code(browser, ("max_age", "10000")))).ShouldBe(first);

        foreach (var again in ((string, string?)[])[("prompt", "login"), ("max_age", "60"), ("max_age", "0")])
        {
            own.Host.Clock.Advance(TimeSpan.FromMinutes(2));
            var asked = await app.Ask(browser, again);
            asked.ShouldLeadTo("/account/sign-in");
            var unanswered = Uri.UnescapeDataString(asked.Location!.Split("returnUrl=")[1]);
            (await browser.Get(unanswered)).ShouldLeadTo("/account/sign-in"); // walking around the page does not help

            var signedIn = await browser.Submit(asked.Location!, new { email = person.Email, password = person.Password });
            var code = (await browser.Get(signedIn.Location!)).ShouldGoBackWith("code");
            var time = Time(await app.Redeem(code));
            time.ShouldBeGreaterThan(first);
            first = time;
        }

        static long Time(System.Text.Json.JsonElement tokens) => (long)tokens.Text("id_token").Claims()["auth_time"]!;
    }

    [Fact]
    public async Task C24_an_unknown_parameter_is_ignored_and_one_that_is_given_twice_refused()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(browser, ("claims_locales", "fr"), ("display", "page"), ("something", "else"))).ShouldGoBackWith("code");
        (await browser.Get(app.Address() + "&state=another")).ShouldGoBackWith("error").ShouldBe("invalid_request");
        (await browser.Get(app.Address() + "&redirect_uri=https%3A%2F%2Fevil.example")).ShouldStayHere();
        (await browser.Get(app.Address() + $"&client_id={app.ClientId}")).ShouldStayHere();
    }

    [Fact]
    public async Task C25_every_redirect_is_a_303_also_for_a_posted_request()
    {
        var (person, browser, app) = await SomebodyAtAnApplication();
        (await app.Ask(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Ask(new Browser(api, person.Tenant.Slug))).Status.ShouldBe(HttpStatusCode.SeeOther);

        var posted = await browser.Post("/connect/authorize", app.Request());
        posted.Status.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.Get(posted.Location!)).ShouldGoBackWith("code");
    }

    [Fact]
    public async Task C26_no_answer_may_be_framed()
    {
        var (person, browser, app) = await SomebodyAtAnApplication();
        foreach (var answer in (PageAnswer[])[await app.Ask(browser), await app.Ask(browser, ("client_id", "nobody")), await browser.Get((await app.Ask(new Browser(api, person.Tenant.Slug))).Location!)])
        {
            answer.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
            answer.Headers["X-Frame-Options"].ShouldBe("DENY");
        }
    }

    [Fact]
    public async Task C27_no_script_of_another_origin_may_read_the_answer()
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await browser.Get(app.Address(), ("Origin", "https://app.example"))).Headers.Keys.ShouldNotContain(h => h.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("id_token token")]
    [InlineData("code id_token")]
    public async Task C28_no_response_type_but_code_is_taken(string responseType)
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(browser, ("response_type", responseType))).ShouldGoBackWith("error").ShouldBe("unsupported_response_type");
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "openid everything", "invalid_scope")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://app.example/request", "request_uri_not_supported")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("prompt", "coffee", "invalid_request")]
    [InlineData("acr_values", "tenant:no-such-tenant", "invalid_request")]
    [InlineData("id_token_hint", "e30.e30.e30", "invalid_request")]
    [InlineData("id_token_hint", "eyJ0eXAiOiJcdWQ4MDAifQ.e30.AA", "invalid_request")]
    [InlineData("nonce", "\0", "invalid_request")]
    [InlineData("acr_values", "tenant:\0", "invalid_request")]
    public async Task A_request_that_cannot_be_goes_back_with_the_standards_error(string parameter, string? value, string error)
    {
        var (_, browser, app) = await SomebodyAtAnApplication();

        (await app.Ask(browser, (parameter, value))).ShouldGoBackWith("error").ShouldBe(error);
    }

    [Fact]
    public async Task C29_a_session_of_another_network_counts_for_nothing_and_another_tenant_only_for_its_members()
    {
        var network = await api.NewNetwork();
        var (one, other, foreign) = (await network.NewMember(), await network.NewMember(), await api.NewTenant());
        var person = await one.NewPerson("viewer");
        var browser = await person.SignedIn();

        (await (await RelyingParty.New(foreign)).Ask(browser)).ShouldLeadTo("/account/sign-in");
        (await (await RelyingParty.New(other)).Ask(browser)).ShouldGoBackWith("error").ShouldBe("access_denied");
        (await (await RelyingParty.New(one)).Ask(browser)).ShouldGoBackWith("code");
    }

    [Fact]
    public async Task An_umbrellas_client_that_reaches_below_gets_tokens_for_the_tenant_that_it_names_and_no_other_client_does()
    {
        var network = await api.NewNetwork();
        var (member, sibling) = (await network.NewMember(), await network.NewMember());
        var person = await member.NewPerson("coordinator");
        var browser = await person.SignedIn();
        var umbrella = member with { Admin = network.Admin };
        var portal = await RelyingParty.New(umbrella, new { below = true });
        var own = await RelyingParty.New(umbrella);

        var tokens = await portal.Redeem(await portal.Code(browser, ("acr_values", $"urn:some:thing tenant:{member.Slug}")));
        tokens.Text("access_token").Claims()["tenant"]!.GetValue<string>().ShouldBe(member.Slug);
        (await portal.Ask(browser, ("acr_values", $"tenant:{sibling.Slug}"))).ShouldGoBackWith("error").ShouldBe("access_denied");
        (await portal.Ask(browser, ("acr_values", "tenant:\0"))).ShouldGoBackWith("error").ShouldBe("invalid_request");
        (await own.Ask(browser, ("acr_values", $"tenant:{member.Slug}"))).ShouldGoBackWith("error").ShouldBe("invalid_request");
        await member.Admin.Post("/clients", new { name = "x", kind = "web", below = true, redirectUris = new[] { RelyingParty.RedirectUri } }).Problem(403, "below-not-yours-to-grant");

        (await portal.Refresh(tokens.Text("refresh_token"))).Text("access_token").Claims()["tenant"]!.GetValue<string>().ShouldBe(member.Slug);
    }

    [Fact]
    public async Task A_host_name_that_is_no_tenants_leaves_the_tenant_to_the_client()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant);
        await using var node = new ApiHost(new Dictionary<string, string>(api.Settings, StringComparer.Ordinal) { ["Tenancy:IgnoredIdentifiers:0"] = "www" });

        (await app.Ask(new Browser(api, person.Tenant.Slug, "http://WWW.np.example", node), ("prompt", "none"))).ShouldGoBackWith("error").ShouldBe("login_required");
        (await app.Ask(new Browser(api, person.Tenant.Slug, "http://elsewhere.np.example", node), ("prompt", "none"))).ShouldGoBackWith("error").ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/endsession")]
    [InlineData("/connect/userinfo")]
    public async Task A_form_that_cannot_be_read_is_refused(string path)
    {
        using var withoutBoundary = new ByteArrayContent([1]);
        withoutBoundary.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data");
        using var cutOff = new StringContent("--part\r\nContent-Disposition: form-data; name=\"client_id\"\r\n\r\nsomebo");
        cutOff.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=part");
        using var tooMany = new FormUrlEncodedContent(Enumerable.Range(0, 1025).Select(i => KeyValuePair.Create($"p{i}", "x")));
        foreach (var form in (HttpContent[])[withoutBoundary, cutOff, tooMany])
        {
            (await api.Anonymous().Send(HttpMethod.Post, "/" + path, form)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_third_partys_client_waits_for_the_persons_consent_and_is_told_when_they_refuse()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { requireConsent = true, name = "Somebody <else>" });
        (await app.Ask(browser, ("prompt", "none"))).ShouldGoBackWith("error").ShouldBe("consent_required");

        var asked = await app.Ask(browser);
        asked.ShouldLeadTo("/account/consent");
        var page = await browser.Get(asked.Location!);
        page.Text.ShouldContain("Somebody <else>");
        page.Text.ShouldContain("see your e-mail address");
        var denied = await browser.Submit(page, new { decision = "deny" });
        (await browser.Get(denied.Location!)).ShouldGoBackWith("error").ShouldBe("access_denied");
        (await app.Ask(browser)).ShouldLeadTo("/account/consent");

        var allowed = await browser.Submit(page, new { decision = "allow" });
        (await browser.Get(allowed.Location!)).ShouldGoBackWith("code");
        (await app.Ask(browser)).ShouldGoBackWith("code");
        (await app.Ask(browser, ("prompt", "consent"))).ShouldLeadTo("/account/consent");
    }

    [Fact]
    public async Task What_was_agreed_to_covers_no_more_than_that()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { requireConsent = true });
        var allowed = await browser.Submit((await app.Ask(browser, ("scope", "openid"))).Location!, new { decision = "allow" });
        (await browser.Get(allowed.Location!)).ShouldGoBackWith("code");

        (await app.Ask(browser, ("scope", "openid email"))).ShouldLeadTo("/account/consent");
    }

    [Fact]
    public async Task Requests_on_their_way_through_the_pages_cannot_be_changed()
    {
        var (person, _, app) = await SomebodyAtAnApplication();
        var browser = new Browser(api, person.Tenant.Slug);
        var asked = await app.Ask(browser);
        var back = Uri.UnescapeDataString(asked.Location!.Split("returnUrl=")[1]);
        var changed = back[..^10] + new string('A', 10);

        (await browser.Get(changed)).ShouldStayHere();
        (await browser.Get("/connect/authorize/callback")).ShouldStayHere();
        (await browser.Get("/connect/authorize/callback?request=" + Convert.ToBase64String(Encoding.ASCII.GetBytes("{}")))).ShouldStayHere();
    }

    private async Task<(Somebody Person, Browser Browser, RelyingParty App)> SomebodyAtAnApplication(object? client = null)
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        return (person, await person.SignedIn(), await RelyingParty.New(person.Tenant, client));
    }
}
