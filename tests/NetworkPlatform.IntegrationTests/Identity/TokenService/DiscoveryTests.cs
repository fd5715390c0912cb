using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>The discovery document and the keys (checks 1 to 12).</summary>
public sealed class DiscoveryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/.well-known/openid-configuration";

    [Theory]
    [InlineData(Path)]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task C01_it_answers_200_with_json(string path)
    {
        using var response = await api.Host.CreateClient().GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task C02_the_issuer_is_exactly_what_it_is_asked_under()
    {
        (await Document()).Text("issuer").ShouldBe(ApiHost.Issuer);
        await using var slash = new ApiHost(With("Identity:Issuer", "https://id.network.example/"));
        (await Document(slash)).Text("issuer").ShouldBe("https://id.network.example");
    }

    [Fact]
    public async Task C03_every_endpoint_is_there_and_all_are_https()
    {
        await using var host = new ApiHost(With("Identity:Issuer", "https://id.network.example"));
        var document = await Document(host);
        foreach (var name in (string[])["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint", "pushed_authorization_request_endpoint", "revocation_endpoint", "introspection_endpoint"])
        {
            var address = document.Text(name);
            address.ShouldStartWith("https://id.network.example/");

            using var asked = await host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }).GetAsync(new Uri(new Uri(address).PathAndQuery, UriKind.Relative));
            asked.StatusCode.ShouldNotBe(HttpStatusCode.NotFound, name);
        }
    }

    [Fact]
    public async Task C04_what_it_lists_is_the_truth()
    {
        var document = await Document();
        List(document, "response_types_supported").ShouldBe(["code"]);
        List(document, "response_modes_supported").ShouldBe(["query"]);
        List(document, "grant_types_supported").ShouldBe(["authorization_code", "refresh_token", "client_credentials"]);
        List(document, "subject_types_supported").ShouldBe(["public"]);
        List(document, "claims_supported").ShouldContain("sub", StringComparer.Ordinal);
        List(document, "token_endpoint_auth_methods_supported").ShouldBe(["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]);

        var person = await (await api.NewTenant()).NewPerson("viewer");
        var scopes = List(document, "scopes_supported");
        scopes.ShouldContain("openid", StringComparer.Ordinal);
        (await (await RelyingParty.New(person.Tenant)).SignIn(person, ("scope", string.Join(' ', scopes)))).Text("scope").ShouldBe(string.Join(' ', scopes));
        foreach (var grantType in (string[])["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"])
        {
            await (await RelyingParty.New(person.Tenant)).Token(("grant_type", grantType)).ShouldBeRefused("unsupported_grant_type");
        }
    }

    [Fact]
    public async Task C05_id_tokens_can_be_rs256() => List(await Document(), "id_token_signing_alg_values_supported").ShouldContain("RS256", StringComparer.Ordinal);

    [Fact]
    public async Task C06_the_only_challenge_method_is_s256() => List(await Document(), "code_challenge_methods_supported").ShouldBe(["S256"]);

    [Fact]
    public async Task C07_answers_name_their_issuer() => (await Document()).GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();

    [Fact]
    public async Task C09_keys_have_their_own_names_and_algorithms_and_nothing_private()
    {
        var keys = await Keys(api.Host);

        keys.Select(k => k.Text("kid")).Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Count);
        keys.Select(k => k.Text("alg")).Order(StringComparer.Ordinal).ShouldBe(["ES256", "RS256"]);
        keys.ShouldAllBe(k => k.Text("use") == "sig");
        keys.SelectMany(k => k.EnumerateObject()).Select(m => m.Name).Intersect(["d", "p", "q", "dp", "dq", "qi", "k"], StringComparer.Ordinal).ShouldBeEmpty();

        System.Buffers.Text.Base64Url.DecodeFromChars(keys.Find(k => k.Text("kty") == "RSA").Text("n")).Length.ShouldBe(3072 / 8);
    }

    [Fact]
    public async Task C10_a_key_is_published_before_it_signs_and_stays_until_its_tokens_have_ended()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var (clientId, secret) = await NewMachine(own);
        var first = await Kid(own.Host, clientId, secret);
        (await Published(own.Host)).ShouldBe([first]);

        own.Host.Clock.Advance(TimeSpan.FromDays(77));
        var announced = await Published(own.Host);
        announced.Count.ShouldBe(2);
        (await Kid(own.Host, clientId, secret)).ShouldBe(first);

        own.Host.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1)); // announced for as long as is set, however late
        var old = await Token(own.Host, clientId, secret);
        own.Host.Clock.Advance(TimeSpan.FromMinutes(7));
        var next = await Kid(own.Host, clientId, secret);
        (next == first).ShouldBeFalse();
        announced.ShouldContain(next, StringComparer.Ordinal);
        await using var fresh = new ApiHost(own.Settings, own.Host.Clock);
        (await own.TryToken(old, fresh)).ShouldBe(HttpStatusCode.OK);
        (await Published(own.Host)).ShouldContain(first, StringComparer.Ordinal);

        own.Host.Clock.Advance(TimeSpan.FromDays(15));
        (await Published(own.Host)).ShouldNotContain(first, StringComparer.Ordinal);
    }

    [Fact]
    public async Task C11_nodes_that_start_together_agree_on_one_key()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var nodes = Enumerable.Range(0, 4).Select(_ => new ApiHost(own.Settings)).ToList();
        var clients = nodes.ConvertAll(n => n.CreateClient());

        var published = await Task.WhenAll(clients.Select(http => http.GetStringAsync(new Uri($"{Path}/jwks", UriKind.Relative))));

        published.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await own.Database.Scalar<long>("SELECT count(*) FROM \"identity\".signing_keys")).ShouldBe(2);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task C12_a_stored_key_that_cannot_be_decrypted_is_passed_over()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var (clientId, secret) = await NewMachine(own);
        var first = await Kid(own.Host, clientId, secret);

        // As after a restore under another key.
        await using var node = new ApiHost(new Dictionary<string, string>(own.Settings, StringComparer.Ordinal) { ["Identity:KeyEncryptionKey"] = Convert.ToBase64String(new byte[32]) });
        var token = await Token(node, clientId, secret);

        (token.Header()["kid"]!.GetValue<string>() == first).ShouldBeFalse();
        (await own.TryToken(token, node)).ShouldBe(HttpStatusCode.OK);
        (await Published(node)).ShouldNotContain(first, StringComparer.Ordinal);
        (await own.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Kid(own.Host, clientId, secret)).ShouldBe(first);
    }

    private static List<string> List(JsonElement document, string name) => [.. document.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];

    private static async Task<List<JsonElement>> Keys(ApiHost host) =>
        [.. JsonDocument.Parse(await host.CreateClient().GetStringAsync(new Uri($"{Path}/jwks", UriKind.Relative))).RootElement.GetProperty("keys").EnumerateArray()];

    /// <summary>Names of the published ES256 keys.</summary>
    private static async Task<List<string>> Published(ApiHost host) => [.. (await Keys(host)).Where(k => k.Text("alg") == "ES256").Select(k => k.Text("kid"))];

    private static async Task<(string Id, string Secret)> NewMachine(ApiFixture fixture)
    {
        var client = await (await fixture.NewTenant()).Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        return (client.Text("clientId"), client.Text("clientSecret"));
    }

    private static Task<string> Token(ApiHost host, string clientId, string secret) => ApiClient.FetchToken(host.CreateClient(), clientId, secret);

    private static async Task<string> Kid(ApiHost host, string clientId, string secret) => (await Token(host, clientId, secret)).Header()["kid"]!.GetValue<string>();

    private Dictionary<string, string> With(string key, string value) => new(api.Settings, StringComparer.Ordinal) { [key] = value };

    private async Task<JsonElement> Document(ApiHost? host = null) => JsonDocument.Parse(await (host ?? api.Host).CreateClient().GetStringAsync(new Uri(Path, UriKind.Relative))).RootElement;
}
