namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Pushed authorization requests (checks 30 to 33).</summary>
public sealed class PushedRequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task C30_only_the_client_itself_can_push()
    {
        var app = await RelyingParty.New(await api.NewTenant());
        var machine = await app.Tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();

        await (app with { Secret = "wrong" }).Post("/connect/par", Form(app)).ShouldBeRefused("invalid_client", 401);
        await (app with { Secret = null }).Post("/connect/par", Form(app)).ShouldBeRefused("invalid_client", 401);
        await (app with { ClientId = machine.Text("clientId"), Secret = machine.Text("clientSecret") }).Post("/connect/par", Form(app, ("client_id", null))).ShouldBeRefused("unauthorized_client");
        await app.Post("/connect/par", Form(app, ("redirect_uri", "https://evil.example/"))).ShouldBeRefused("invalid_request");
        await app.Post("/connect/par", Form(app, ("scope", "everything"))).ShouldBeRefused("invalid_scope");
    }

    [Fact]
    public async Task C31_a_request_uri_works_once_for_its_client_and_ends_after_ten_minutes()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var person = await (await own.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant);
        var other = await RelyingParty.New(person.Tenant);

        var first = await Push(app);
        (await browser.Get(Address(other, first))).ShouldStayHere();
        var code = (await browser.Get(Address(app, first) + "&scope=everything&state=changed")).ShouldGoBackWith("code");
        (await app.Redeem(code)).Text("scope").ShouldBe(RelyingParty.AllScopes);
        (await browser.Get(Address(app, first))).ShouldStayHere();

        var late = await Push(app);
        own.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await browser.Get(Address(app, late))).ShouldStayHere();
        (await browser.Get(Address(app, "urn:ietf:params:oauth:request_uri:nonsense"))).ShouldStayHere();
    }

    [Fact]
    public async Task C31_a_request_uri_used_from_two_places_at_once_gives_one_code()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant);
        var pushed = await Push(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.Get(Address(app, pushed))));

        answers.Count(a => a.Location?.Contains("code=", StringComparison.Ordinal) == true).ShouldBe(1);
    }

    [Fact]
    public async Task C32_a_request_uri_inside_a_pushed_request_is_refused()
    {
        var app = await RelyingParty.New(await api.NewTenant());

        await app.Post("/connect/par", Form(app, ("request_uri", await Push(app)))).ShouldBeRefused("request_uri_not_supported");
    }

    [Fact]
    public async Task C33_where_pushing_is_required_nothing_else_is_taken_for_one_client_or_for_all()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { requirePushedAuthorization = true });
        (await app.Ask(browser)).ShouldGoBackWith("error").ShouldBe("invalid_request");
        (await browser.Get(Address(app, await Push(app)))).ShouldGoBackWith("code");

        await using var strict = await ApiFixture.Start(api.Server, ("Identity:RequirePushedAuthorization", "true"));
        var everybody = await (await strict.NewTenant()).NewPerson("viewer");
        (await (await RelyingParty.New(everybody.Tenant)).Ask(await everybody.SignedIn())).ShouldGoBackWith("error").ShouldBe("invalid_request");
        (await strict.Anonymous().Get("//.well-known/openid-configuration").Ok()).GetProperty("require_pushed_authorization_requests").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_pushed_request_survives_the_way_through_the_sign_in_page()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var app = await RelyingParty.New(person.Tenant);
        var browser = new Browser(api, person.Tenant.Slug);

        var asked = await browser.Get(Address(app, await Push(app)));
        asked.ShouldLeadTo("/account/sign-in");
        asked.Location.ShouldNotBeNull().ShouldNotContain("state");
        var signedIn = await browser.Submit(asked.Location, new { email = person.Email, password = person.Password });

        (await browser.Get(signedIn.Location!)).ShouldGoBackWith("code");
    }

    private static (string, string)[] Form(RelyingParty app, params (string, string?)[] changes) => [.. app.Request(changes).Select(p => (p.Key, p.Value))];

    private static string Address(RelyingParty app, string requestUri) => $"/connect/authorize?client_id={app.ClientId}&request_uri={Uri.EscapeDataString(requestUri)}";

    private static async Task<string> Push(RelyingParty app)
    {
        var pushed = (await app.Post("/connect/par", Form(app))).ShouldBe(System.Net.HttpStatusCode.Created);
        pushed.GetProperty("expires_in").GetInt32().ShouldBeInRange(60, 600);
        return pushed.Text("request_uri");
    }
}
