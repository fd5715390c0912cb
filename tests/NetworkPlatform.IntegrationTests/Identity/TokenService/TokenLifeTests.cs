using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using NetworkPlatform.Api;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Revocation, introspection, userinfo and logout (checks 56 to 59).</summary>
public sealed class TokenLifeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task C56_revocation_says_200_to_what_is_unknown_and_leaves_other_clients_tokens_alone()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var other = await RelyingParty.New(app.Tenant);
        var tokens = await app.SignIn(person);

        foreach (var token in (string[])["nonsense", tokens.Text("refresh_token"), tokens.Text("access_token")])
        {
            (await other.Post("/connect/revocation", ("token", token))).Status.ShouldBe(HttpStatusCode.OK);
        }

        await (app with { Secret = "wrong" }).Post("/connect/revocation", ("token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_client", 401);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        tokens = await app.Refresh(tokens.Text("refresh_token"));
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        (await app.Post("/connect/revocation", ("token", tokens.Text("refresh_token")), ("token_type_hint", "access_token"))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
    }

    [Fact]
    public async Task C56_an_access_token_that_is_revoked_ends_alone_and_on_every_node()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person);
        await using var node = new ApiHost(api.Settings);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        (await app.Post("/connect/revocation", ("token", tokens.Text("access_token")))).Status.ShouldBe(HttpStatusCode.OK);

        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await api.TryToken(tokens.Text("access_token"), node)).ShouldBe(HttpStatusCode.Unauthorized);
        await app.Refresh(tokens.Text("refresh_token"));
    }

    [Fact]
    public async Task Whoever_is_removed_or_holds_less_than_before_holds_it_no_longer_by_a_token_that_is_out()
    {
        var tenant = await api.NewTenant();
        var (removed, demoted, limited) = (await tenant.NewPerson("viewer"), await tenant.NewPerson("tenant-admin"), await tenant.NewPerson("coordinator"));
        await tenant.NewPerson("tenant-admin");
        var (gone, less, narrow) = (await removed.Api(), await demoted.Api(), await limited.Api());
        foreach (var caller in (ApiClient[])[gone, less, narrow])
        {
            await caller.Get("/tenant").Ok();
        }

        await tenant.Admin.Delete($"/members/{(await tenant.MembershipOf(removed)).Id()}").NoContent();
        await gone.Get("/tenant").Problem(401, "token-missing");

        var own = $"/members/{(await tenant.MembershipOf(demoted)).Id()}";
        await Change(own, new { roles = new[] { "viewer" } });
        await less.Send(HttpMethod.Put, $"{own}/roles", new { roles = new[] { "tenant-admin" } }, ("If-Match", "\"2\"")).Problem(401, "token-missing");

        var theirs = $"/members/{(await tenant.MembershipOf(limited)).Id()}";
        await Change(theirs, new { roles = new[] { "coordinator", "viewer" } });
        await narrow.Get("/tenant").Ok();
        await Change(theirs, new { roles = new[] { "coordinator" }, chapters = new[] { await tenant.NewChapter() } });
        await narrow.Get("/tenant").Problem(401, "token-missing");
        await (await limited.Api()).Get("/tenant").Ok();

        async Task Change(string member, object roles) => await tenant.Admin.Send(HttpMethod.Put, $"{member}/roles", roles, ("If-Match", (await tenant.Admin.Get(member)).ETag!)).NoContent();
    }

    [Fact]
    public async Task What_a_member_had_granted_before_they_were_removed_stays_void_when_they_join_again()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person);
        await person.Tenant.Admin.Delete($"/members/{(await person.Tenant.MembershipOf(person)).Id()}").NoContent();

        await NetworkFounding.RegisterPersonAsync(api.Host.Services, person.Tenant.Slug, person.Email, "Noa Levi", person.Password, ["viewer"]);

        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await api.TryToken((await app.SignIn(person)).Text("access_token"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task C57_introspection_tells_a_client_of_its_own_tokens_and_a_machine_of_the_tenants()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person);
        var (access, refresh) = (tokens.Text("access_token"), tokens.Text("refresh_token"));
        var machine = await Machine(app.Tenant);
        var foreign = await Machine(await api.NewTenant());
        var other = await RelyingParty.New(app.Tenant);
        var native = await RelyingParty.New(app.Tenant, new { kind = "native" });

        var own = await app.Post("/connect/introspect", ("token", access)).Ok();
        own.GetProperty("active").GetBoolean().ShouldBeTrue();
        own.Text("scope").ShouldBe(RelyingParty.AllScopes);
        own.Text("sub").ShouldBe(person.Id.ToString("D"));
        (await app.Post("/connect/introspect", ("token", refresh)).Ok()).GetProperty("active").GetBoolean().ShouldBeTrue();
        (await machine.Post("/connect/introspect", ("token", access)).Ok()).Text("scope").ShouldBe("networkplatform");

        await NotActive(machine, refresh);
        foreach (var stranger in (RelyingParty[])[foreign, other])
        {
            await NotActive(stranger, access);
            await NotActive(stranger, refresh);
        }

        await NotActive(app, "nonsense");
        await native.Post("/connect/introspect", ("token", access)).ShouldBeRefused("invalid_client", 401);
        await (app with { Secret = "wrong" }).Post("/connect/introspect", ("token", access)).ShouldBeRefused("invalid_client", 401);

        await app.Post("/connect/revocation", ("token", refresh));
        await NotActive(app, access);
        await NotActive(app, refresh);

        static async Task NotActive(RelyingParty client, string token) =>
            (await client.Post("/connect/introspect", ("token", token)).Ok()).EnumerateObject().ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Name.ShouldBe("active"), p => p.Value.GetBoolean().ShouldBeFalse());
    }

    [Fact]
    public async Task C57_an_access_token_for_a_suspended_tenant_is_not_active_while_that_lasts()
    {
        var network = await api.NewNetwork();
        var member = await network.NewMember();
        var portal = await RelyingParty.New(member with { Admin = network.Admin }, new { below = true });
        var code = await portal.Code(await (await member.NewPerson("viewer")).SignedIn(), ("acr_values", $"tenant:{member.Slug}"));
        var token = (await portal.Redeem(code)).Text("access_token");
        (await IsActive()).ShouldBeTrue();

        await network.Admin.Post($"/network/members/{member.Id}/suspend").NoContent();
        (await IsActive()).ShouldBeFalse();
        await network.Admin.Post($"/network/members/{member.Id}/resume").NoContent();
        (await IsActive()).ShouldBeTrue();

        async Task<bool> IsActive() => (await portal.Post("/connect/introspect", ("token", token)).Ok()).GetProperty("active").GetBoolean();
    }

    [Fact]
    public async Task C58_userinfo_answers_get_and_post_about_the_id_tokens_subject_and_challenges_everybody_else()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person);
        var token = tokens.Text("access_token");

        foreach (var (method, header, form) in ((HttpMethod, string?, string?)[])[(HttpMethod.Get, token, null), (HttpMethod.Post, token, null), (HttpMethod.Post, null, token)])
        {
            var (status, challenge, body) = await Ask(method, header, form);
            status.ShouldBe(HttpStatusCode.OK, challenge);
            var info = JsonDocument.Parse(body).RootElement;
            info.Text("sub").ShouldBe(tokens.Text("id_token").Claims()["sub"]!.GetValue<string>());
            info.Text("email").ShouldBe(person.Email);
            info.GetProperty("email_verified").GetBoolean().ShouldBeTrue();
        }

        (await Ask(HttpMethod.Get, null, null)).ShouldBe((HttpStatusCode.Unauthorized, "Bearer", ""));
        (await Ask(HttpMethod.Get, "nonsense", null)).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"", ""));
        (await Ask(HttpMethod.Get, tokens.Text("id_token"), null)).Item1.ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(HttpMethod.Post, token, token)).Item1.ShouldBe(HttpStatusCode.BadRequest);
        (await Ask(HttpMethod.Get, (await app.SignIn(person, ("scope", "networkplatform"))).Text("access_token"), null)).Item1.ShouldBe(HttpStatusCode.Forbidden);

        var little = JsonDocument.Parse((await Ask(HttpMethod.Get, (await app.SignIn(person, ("scope", "openid"))).Text("access_token"), null)).Item3).RootElement;
        little.EnumerateObject().Select(p => p.Name).ShouldBe(["sub", "tenant"]);
    }

    [Fact]
    public async Task C59_a_client_signs_its_person_out_and_gets_them_back_where_it_registered()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var tokens = await app.Redeem(await app.Code(browser));

        var gone = await browser.Get(Logout(("id_token_hint", tokens.Text("id_token")), ("post_logout_redirect_uri", RelyingParty.LoggedOut), ("state", "a state")));

        gone.Status.ShouldBe(HttpStatusCode.SeeOther);
        gone.Location.ShouldBe($"{RelyingParty.LoggedOut}?state=a%20state");
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
    }

    [Fact]
    public async Task C59_a_hint_that_does_not_speak_for_the_session_or_a_foreign_address_leads_to_the_question_and_nowhere_else()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var hint = (await app.Redeem(await app.Code(browser))).Text("id_token");
        var parts = hint.Split('.');
        var somebodyElses = (await app.SignIn(await person.Tenant.NewPerson("viewer"))).Text("id_token");
        var none = $"{SignedTokens.Part(new { alg = "none", typ = "JWT" })}.{parts[1]}.";
        (string?, string)[] bad =
        [
            (null, RelyingParty.LoggedOut), (none, RelyingParty.LoggedOut), ($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}", RelyingParty.LoggedOut), (somebodyElses, RelyingParty.LoggedOut),
            (hint, "https://evil.example/"), (hint, RelyingParty.LoggedOut + "?more=1"),
        ];
        foreach (var (token, back) in bad)
        {
            var answer = await browser.Get(Logout(("id_token_hint", token), ("post_logout_redirect_uri", back), ("client_id", app.ClientId)));
            answer.ShouldLeadTo("/account/sign-out");
            (await browser.Get("/account")).Status.ShouldBe(HttpStatusCode.OK, "still signed in");
        }
    }

    [Fact]
    public async Task C59_a_posted_logout_reaches_the_session_too()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var hint = (await app.Redeem(await app.Code(browser))).Text("id_token");

        var next = await browser.Post("/connect/endsession", new Dictionary<string, string>(StringComparer.Ordinal) { ["id_token_hint"] = hint, ["post_logout_redirect_uri"] = RelyingParty.LoggedOut });

        (await browser.Get(next.Location!)).Location.ShouldBe(RelyingParty.LoggedOut);
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
    }

    [Fact]
    public async Task C59_clients_with_a_back_channel_are_told_once_by_a_signed_logout_token_also_by_a_slow_or_failing_start()
    {
        await using var own = await ApiFixture.Start(api.Server, ("Outbound:AllowPrivateNetworks", "true"));
        var failures = 2;
        using var client = new LoopbackServer(_ => (Interlocked.Decrement(ref failures) >= 0 ? 503 : 200, ""));
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = client.Address + "/logout" });
        var first = await app.Redeem(await app.Code(browser));
        await app.Redeem(await app.Code(browser));

        (await browser.Submit("/account/sign-out", new { })).ShouldLeadTo("/account/sign-out");

        await Eventually.Get(() => own.Database.Scalar<long>("SELECT count(*) FROM \"identity\".logout_notices"), left => left == 0);
        var sent = client.Requests.Select(r => QueryHelpers.ParseQuery(r.Body)["logout_token"].ToString()).ToList();
        sent.Count.ShouldBe(3);
        sent.Select(t => t.Claims()["jti"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        var token = sent[^1];
        token.Header()["typ"]!.GetValue<string>().ShouldBe("logout+jwt");
        var claims = token.Claims();
        claims["aud"]!.GetValue<string>().ShouldBe(app.ClientId);
        claims["sub"]!.GetValue<string>().ShouldBe(person.Id.ToString("D"));
        claims["sid"]!.GetValue<string>().ShouldBe(first.Text("id_token").Claims()["sid"]!.GetValue<string>());
        claims["events"]!["http://schemas.openid.net/event/backchannel-logout"].ShouldNotBeNull();
        claims.ContainsKey("nonce").ShouldBeFalse();
        (await own.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task C59_of_two_windows_at_once_in_one_session_each_gets_its_code_and_the_client_is_told_once()
    {
        DatabaseServer.OnPostgreSqlOnly("its table locks");
        var (person, app) = await SomebodyAndAnApplication(new { backChannelLogoutUri = "https://app.example/logout" });
        var browser = await person.SignedIn();
        await using var connection = await api.Database.Open(api.Database.Superuser);
        await TestDatabase.Execute(connection, "BEGIN");
        await TestDatabase.Execute(connection, "LOCK TABLE identity.logout_notices IN SHARE MODE"); // reads go on, whoever would add waits

        var both = Task.WhenAll(app.Ask(browser), app.Ask(browser));
        await Eventually.Get(
            () => api.Database.WaitingForLock(), waiting => waiting == 2);
        await TestDatabase.Execute(connection, "COMMIT");

        foreach (var answer in await both)
        {
            answer.ShouldGoBackWith("code");
        }

        (await api.Database.Scalar<long>("SELECT count(*) FROM identity.logout_notices WHERE person_id = $1", person.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task C59_clients_are_told_too_when_another_session_takes_the_browsers_place()
    {
        await using var own = await ApiFixture.Start(api.Server, ("Outbound:AllowPrivateNetworks", "true"));
        using var client = new LoopbackServer(_ => (200, ""));
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var next = await person.Tenant.NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = client.Address + "/logout" });
        var tokens = await app.Redeem(await app.Code(browser));
        (await own.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        (await browser.SignIn(next.Email, next.Password)).ShouldLeadTo("/account");

        (await own.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized, "at once");
        await Eventually.Get(() => own.Database.Scalar<long>("SELECT count(*) FROM \"identity\".logout_notices"), left => left == 0);
        var told = QueryHelpers.ParseQuery(client.Requests.ShouldHaveSingleItem().Body)["logout_token"].ToString().Claims();
        (told["sub"]!.GetValue<string>(), told["sid"]!.GetValue<string>()).ShouldBe((person.Id.ToString("D"), tokens.Text("id_token").Claims()["sid"]!.GetValue<string>()));
    }

    private static string Logout(params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString("/connect/endsession", parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private static async Task<RelyingParty> Machine(Tenant tenant)
    {
        var client = await tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        return new RelyingParty(tenant, client.Id(), client.Text("clientId"), client.Text("clientSecret"));
    }

    private async Task<(HttpStatusCode, string, string)> Ask(HttpMethod method, string? header, string? form)
    {
        using var request = new HttpRequestMessage(method, new Uri("/connect/userinfo", UriKind.Relative));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {header}");
        }

        request.Content = form is null ? null : new FormUrlEncodedContent([KeyValuePair.Create("access_token", form)]);
        using var response = await api.Host.CreateClient().SendAsync(request);
        return (response.StatusCode, string.Join(", ", response.Headers.WwwAuthenticate), await response.Content.ReadAsStringAsync());
    }

    private async Task<(Somebody Person, RelyingParty App)> SomebodyAndAnApplication(object? client = null)
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        return (person, await RelyingParty.New(person.Tenant, client));
    }
}
