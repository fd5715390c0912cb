using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>The token endpoint (checks 34 to 48).</summary>
public sealed class TokenEndpointTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task C34_only_a_posted_form_is_taken_and_nothing_in_the_address()
    {
        var app = await Machine();
        (await Send(HttpMethod.Get, "/connect/token", null)).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await Send(HttpMethod.Post, "/connect/token", new StringContent("""{"grant_type":"client_credentials"}""", Encoding.UTF8, "application/json"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        await Send(HttpMethod.Post, $"/connect/token?client_id={app.ClientId}&client_secret={app.Secret}", new StringContent("grant_type=client_credentials", Encoding.UTF8, "application/x-www-form-urlencoded"))
            .ShouldBeRefused("invalid_request");
    }

    [Fact]
    public async Task C35_basic_credentials_are_form_url_decoded_and_may_come_in_one_way_only()
    {
        var app = await Machine();
        string Basic(string id, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
        async Task<Answer> Ask(string basic, string form = "grant_type=client_credentials")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/connect/token", UriKind.Relative)) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
            return await RelyingParty.Send(api, request);
        }

        var everyCharacter = string.Concat(Encoding.UTF8.GetBytes(app.Secret!).Select(b => $"%{b:X2}"));
        (await Ask(Basic(app.ClientId.Replace(".", "%2E", StringComparison.Ordinal), everyCharacter))).ShouldBe(HttpStatusCode.OK);
        await Ask(Basic(app.ClientId, app.Secret!), $"grant_type=client_credentials&client_secret={app.Secret}").ShouldBeRefused("invalid_request");
        await Ask(Basic(app.ClientId, app.Secret!), "grant_type=client_credentials&client_id=another").ShouldBeRefused("invalid_request");
        await Ask("no base64!").ShouldBeRefused("invalid_client", 401);
    }

    [Fact]
    public async Task C36_answers_are_not_to_be_stored()
    {
        var app = await Machine();
        foreach (var secret in (string?[])[app.Secret, "wrong"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/connect/token", UriKind.Relative));
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", app.ClientId), KeyValuePair.Create("client_secret", secret)]);
            using var response = await api.Host.CreateClient().SendAsync(request);
            response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task C37_a_missing_verifier_is_refused_and_so_is_one_that_answers_nothing()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var code = await app.Code(await person.SignedIn());

        await app.Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri)).ShouldBeRefused("invalid_grant");
        await app.Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri), ("code_verifier", RelyingParty.Challenge)).ShouldBeRefused("invalid_grant");
        await app.Redeem(code);

        // A verifier without a challenge cannot come to be: no request without one gets a code (C17).
        (await api.Database.Scalar<long>("SELECT count(*) FROM \"identity\".authorization_codes WHERE code_challenge = ''")).ShouldBe(0);
    }

    [Fact]
    public async Task C38_another_clients_code_and_refresh_token_are_refused_and_stay_good_for_their_own()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var other = await RelyingParty.New(app.Tenant);
        var foreign = await RelyingParty.New(await api.NewTenant());
        var code = await app.Code(await person.SignedIn());

        foreach (var thief in (RelyingParty[])[other, foreign])
        {
            await thief.Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri), ("code_verifier", RelyingParty.Verifier)).ShouldBeRefused("invalid_grant");
        }

        var refresh = (await app.Redeem(code)).Text("refresh_token");
        foreach (var thief in (RelyingParty[])[other, foreign])
        {
            await thief.Token(("grant_type", "refresh_token"), ("refresh_token", refresh)).ShouldBeRefused("invalid_grant");
        }

        await app.Refresh(refresh);
    }

    [Fact]
    public async Task C39_of_many_who_redeem_a_code_at_once_one_succeeds_at_most()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        for (var round = 0; round < 5; round++)
        {
            var code = await app.Code(browser);

            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
                app.Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri), ("code_verifier", RelyingParty.Verifier))));

            answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
            answers.Where(a => a.Status != HttpStatusCode.OK).ShouldAllBe(a => a.Json.Text("error") == "invalid_grant");
        }
    }

    [Fact]
    public async Task C40_a_code_that_comes_again_ends_every_token_that_came_of_it_on_every_node()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var code = await app.Code(await person.SignedIn());
        var tokens = await app.Redeem(code);
        await using var node = new ApiHost(api.Settings);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        await app.Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri), ("code_verifier", RelyingParty.Verifier)).ShouldBeRefused("invalid_grant");

        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await api.TryToken(tokens.Text("access_token"), node)).ShouldBe(HttpStatusCode.Unauthorized);
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await api.Database.Scalar<string>("SELECT ended_because FROM \"identity\".grants WHERE client_id = $1", app.ClientId)).ShouldBe("replayed");
    }

    [Fact]
    public async Task C41_a_refresh_may_ask_for_less_but_never_for_more_and_the_grant_stays_as_it_was()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person, ("scope", "openid offline_access networkplatform"));
        var refresh = tokens.Text("refresh_token");

        await app.Token(("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "openid email")).ShouldBeRefused("invalid_scope");
        var less = await app.Token(("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "openid")).Ok();
        less.Text("scope").ShouldBe("openid");
        (await api.TryToken(less.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);

        (await app.Refresh(less.Text("refresh_token"))).Text("scope").ShouldBe("openid offline_access networkplatform");
    }

    [Fact]
    public async Task C42_a_refresh_token_used_again_later_ends_the_family_and_leaves_a_trace()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant);
        var first = (await app.SignIn(person)).Text("refresh_token");
        var second = await app.Refresh(first);
        own.Host.Clock.Advance(TimeSpan.FromSeconds(11));

        await app.Token(("grant_type", "refresh_token"), ("refresh_token", first)).ShouldBeRefused("invalid_grant");

        await app.Token(("grant_type", "refresh_token"), ("refresh_token", second.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await own.TryToken(second.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await own.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE action = 'end-grant' AND actor = $1", app.ClientId)).ShouldBe(1);
    }

    [Fact]
    public async Task C42_a_lost_answer_is_given_again_within_seconds_but_only_for_the_newest_token()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant);
        var first = (await app.SignIn(person)).Text("refresh_token");
        own.Host.Clock.Stop();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Refresh(first)));
        var second = answers.Select(a => a.Text("refresh_token")).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await own.Database.Scalar<long>("SELECT count(*) FROM \"identity\".refresh_tokens t JOIN \"identity\".grants g ON g.id = t.grant_id WHERE g.client_id = $1 AND t.consumed_at IS NULL", app.ClientId)).ShouldBe(1);

        var third = (await app.Refresh(second)).Text("refresh_token");
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", first)).ShouldBeRefused("invalid_grant"); // two generations back, though seconds ago
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", third)).ShouldBeRefused("invalid_grant");
    }

    [Fact]
    public async Task C43_a_refresh_token_waits_fifteen_days_and_no_use_of_it_outlives_thirty()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant);
        var idle = (await app.SignIn(person)).Text("refresh_token");
        var busy = (await app.SignIn(person)).Text("refresh_token");
        for (var day = 0; day < 28; day += 14)
        {
            own.Host.Clock.Advance(TimeSpan.FromDays(14));
            busy = (await app.Refresh(busy)).Text("refresh_token");
        }

        await app.Token(("grant_type", "refresh_token"), ("refresh_token", idle)).ShouldBeRefused("invalid_grant");
        own.Host.Clock.Advance(TimeSpan.FromDays(2.1));
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", busy)).ShouldBeRefused("invalid_grant");
    }

    [Theory]
    [InlineData("UPDATE \"identity\".people SET disabled_at = now() WHERE id = $1")]
    [InlineData("UPDATE \"identity\".people SET security_stamp = 'another' WHERE id = $1")]
    [InlineData("UPDATE \"identity\".sign_in_sessions SET ended_at = now() WHERE person_id = $1")]
    [InlineData("UPDATE \"identity\".memberships SET ended_at = now() WHERE person_id = $1")]
    [InlineData("UPDATE \"identity\".memberships SET valid_until = now() - interval '1 hour' WHERE person_id = $1")]
    public async Task C44_disabled_people_changed_passwords_ended_sessions_and_memberships_end_every_token(string change)
    {
        DatabaseServer.OnPostgreSqlOnly("the changes are written in its SQL");
        var (person, app) = await SomebodyAndAnApplication();
        var tokens = await app.SignIn(person);
        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        await using var node = new ApiHost(api.Settings);

        await api.Database.Execute(change, person.Id);

        // A node that has not verified it yet sees the change by itself; one that has must be told, as the commands do.
        (await api.TryToken(tokens.Text("access_token"), node)).ShouldBe(HttpStatusCode.Unauthorized);
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
    }

    [Fact]
    public async Task C44_signing_out_and_revoking_the_client_end_tokens_at_once_where_they_were_verified()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var first = await app.Redeem(await app.Code(browser));
        (await api.TryToken(first.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        (await browser.Submit("/account/sign-out", new { })).ShouldLeadTo("/account/sign-out");
        (await api.TryToken(first.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);

        var second = await app.SignIn(person);
        (await api.TryToken(second.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        await app.Tenant.Admin.Delete($"/clients/{app.Id}").NoContent();
        (await api.TryToken(second.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task C45_a_grant_type_that_is_not_the_clients_is_unauthorized()
    {
        var (_, app) = await SomebodyAndAnApplication();
        var machine = await Machine();

        await app.Token(("grant_type", "client_credentials")).ShouldBeRefused("unauthorized_client");
        await machine.Token(("grant_type", "authorization_code"), ("code", "x")).ShouldBeRefused("unauthorized_client");
        await machine.Token(("grant_type", "refresh_token"), ("refresh_token", "x")).ShouldBeRefused("unauthorized_client");
        await app.Token(("grant_type", "password"), ("username", "x"), ("password", "y")).ShouldBeRefused("unsupported_grant_type");
    }

    [Fact]
    public async Task C46_client_credentials_are_for_clients_with_credentials_and_bring_neither_refresh_nor_id_token()
    {
        var tokens = await (await Machine()).Token(("grant_type", "client_credentials")).Ok();
        tokens.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        tokens.TryGetProperty("id_token", out _).ShouldBeFalse();

        var native = await RelyingParty.New(await api.NewTenant(), new { kind = "native" });
        native.Secret.ShouldBeNull();
        await native.Token(("grant_type", "client_credentials")).ShouldBeRefused("unauthorized_client");
        await ((await Machine()) with { Secret = null }).Token(("grant_type", "client_credentials")).ShouldBeRefused("invalid_client", 401);
    }

    [Fact]
    public async Task C47_an_access_token_is_no_refresh_token_and_a_code_neither()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var tokens = await app.Redeem(await app.Code(browser));

        foreach (var token in (string[])[tokens.Text("access_token"), tokens.Text("id_token"), await app.Code(browser), "nonsense", tokens.Text("refresh_token") + "A"])
        {
            await app.Token(("grant_type", "refresh_token"), ("refresh_token", token)).ShouldBeRefused("invalid_grant");
        }
    }

    [Fact]
    public async Task A_native_application_gets_and_refreshes_tokens_without_a_secret()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant, new { kind = "native" });

        var tokens = await app.SignIn(person);

        (await api.TryToken((await app.Refresh(tokens.Text("refresh_token"))).Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        await (app with { Secret = "x" }).Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_client", 401);
    }

    [Fact]
    public async Task Roles_and_chapters_of_a_token_are_the_memberships_own_and_of_the_moment()
    {
        DatabaseServer.OnPostgreSqlOnly("the change is written in its SQL");
        var (person, app) = await SomebodyAndAnApplication("coordinator");
        var chapter = await person.Tenant.NewChapter();
        var tokens = await app.SignIn(person);
        Roles(tokens).ShouldBe(["coordinator"]);

        await api.Database.Execute("UPDATE \"identity\".memberships SET chapters = ARRAY[$2::uuid], valid_until = now() + interval '3 minutes' WHERE person_id = $1", person.Id, chapter);
        var refreshed = await app.Refresh(tokens.Text("refresh_token"));

        refreshed.Text("access_token").Claims()["chapters"]![0]!.GetValue<string>().ShouldBe(chapter.ToString());
        refreshed.Number("expires_in").ShouldBeLessThanOrEqualTo(180);

        static List<string> Roles(JsonElement tokens) => [.. tokens.Text("access_token").Claims()["roles"]!.AsArray().Select(r => r!.GetValue<string>())];
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token_and_without_openid_no_id_token()
    {
        var (person, app) = await SomebodyAndAnApplication();

        (await app.SignIn(person, ("scope", "openid networkplatform"))).TryGetProperty("refresh_token", out _).ShouldBeFalse();
        (await app.SignIn(person, ("scope", "networkplatform"))).TryGetProperty("id_token", out _).ShouldBeFalse();
    }

    private async Task<RelyingParty> Machine()
    {
        var tenant = await api.NewTenant();
        var client = await tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        return new RelyingParty(tenant, client.Id(), client.Text("clientId"), client.Text("clientSecret"));
    }

    private async Task<(Somebody Person, RelyingParty App)> SomebodyAndAnApplication(params string[] roles)
    {
        var person = await (await api.NewTenant()).NewPerson(roles.Length > 0 ? roles : ["viewer"]);
        return (person, await RelyingParty.New(person.Tenant));
    }

    private async Task<Answer> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        return await RelyingParty.Send(api, request);
    }
}
