using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Another authority's access tokens at the API, so that it can take the token service's place.</summary>
public sealed class ExternalAuthorityTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Audience = "https://api.network.example";

    [Theory]
    [InlineData("rs", HttpStatusCode.OK)]
    [InlineData("es", HttpStatusCode.Unauthorized)]
    public async Task A_certified_providers_token_is_taken_in_an_algorithm_that_is_configured_and_no_other(string algorithm, HttpStatusCode expected)
    {
        var tenant = await api.NewTenant();
        var client = $"{algorithm}:{tenant.Slug}:viewer";
        using var node = NodeClient.Start("authority.js", client);
        var issuer = (await node.Output.ReadLineAsync())!;
        await using var host = Host(issuer, ("Algorithms:0", "RS256"), ("RolesClaim", "realm_access.roles"));

        var token = await FetchToken(issuer, client);

        (await api.TryToken(token, host)).ShouldBe(expected);
        (await api.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized, "a host that was not told to trust it");
    }

    [Fact]
    public async Task Roles_and_tenant_of_its_tokens_are_held_to_the_same_rules_and_its_subjects_are_nobody_here()
    {
        var network = await api.NewNetwork();
        var (tenant, sibling) = (await network.NewMember(), await network.NewMember());
        using var authority = new Authority();
        await using var host = Host(authority.Issuer);
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Token(tenant.Slug, roles: ["viewer", "tenant-admin-of-everything"]));
        var caller = new ApiClient(http);

        await caller.Get("/groups").Ok();
        await caller.Post("/chapters", new { name = "x", slug = "xx", timeZone = "Europe/London" }).Problem(403, "permission-missing");
        await caller.Send(HttpMethod.Get, "/groups", null, ("X-Tenant", sibling.Slug)).Problem(403, "tenant-not-yours");

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Token(tenant.Slug, roles: ["tenant-admin"]));
        await caller.Post("/chapters", new { name = "x", slug = "xx", timeZone = "Europe/London" }).Created();
        (await api.Database.Scalar<string>("SELECT actor FROM platform.audit_entries WHERE action = 'create-chapter' AND tenant_id = $1", tenant.Id)).ShouldBe($"127.0.0.1|{authority.Subject}");

        var longest = authority.Claims(tenant.Slug, ["tenant-admin"]);
        longest["sub"] = new string('s', 255);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", authority.Keys.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec" }, longest));
        await caller.Post("/chapters", new { name = "x", slug = "xxx", timeZone = "Europe/London" }).Created();
    }

    [Fact]
    public async Task Whatever_is_not_that_authoritys_own_token_for_us_and_for_now_is_refused()
    {
        var tenant = await api.NewTenant();
        using var authority = new Authority();
        using var stranger = new SignedTokens();
        await using var host = Host(authority.Issuer);
        (await api.TryToken(authority.Token(tenant.Slug), host)).ShouldBe(HttpStatusCode.OK);
        var claims = authority.Claims(tenant.Slug);
        var header = new { alg = "ES256", typ = "at+jwt", kid = "ec" };
        JsonObject With(Action<JsonObject> change)
        {
            var changed = claims.DeepClone().AsObject();
            change(changed);
            return changed;
        }

        var content = $"{SignedTokens.Part(new { alg = "HS256", typ = "at+jwt", kid = "ec" })}.{SignedTokens.Part(claims)}";
        string[] bad =
        [
            $"{SignedTokens.Part(new { alg = "none", typ = "at+jwt", kid = "ec" })}.{SignedTokens.Part(claims)}.",
            $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(authority.Keys.EcKey), Encoding.ASCII.GetBytes(content)))}",
            stranger.Sign(header, claims),
            stranger.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec", jwk = stranger.EcKey }, claims),
            stranger.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec", jku = authority.Issuer + "/evil" }, claims),
            authority.Keys.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec", x5u = authority.Issuer + "/evil" }, claims),
            authority.Keys.Sign(new { alg = "PS256", typ = "at+jwt", kid = "rsa" }, claims),
            authority.Keys.Sign(new { alg = "RS256", typ = "at+jwt", kid = "ec" }, claims),
            authority.Keys.Sign(new { alg = "ES256", typ = "JWT", kid = "ec" }, claims),
            authority.Keys.Sign(header, With(c => c["iss"] = "https://another.example")),
            authority.Keys.Sign(header, With(c => c["iss"] = ApiHost.Issuer)),
            authority.Keys.Sign(header, With(c => c["aud"] = "another-api")),
            authority.Keys.Sign(header, With(c => c["exp"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds())),
            authority.Keys.Sign(header, With(c => c["nbf"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds())),
            authority.Keys.Sign(header, With(c => c.Remove("exp"))),
            authority.Keys.Sign(header, With(c => c.Remove("sub"))),
            authority.Keys.Sign(header, With(c => c.Remove("tenant"))),
            authority.Keys.Sign(header, With(c => c["tenant"] = new JsonArray(tenant.Slug, "another"))),
        ];
        foreach (var token in bad)
        {
            (await api.TryToken(token, host)).ShouldBe(HttpStatusCode.Unauthorized, token);
        }

        authority.Requests.ShouldNotContain(r => r.Path == "/evil");
    }

    [Fact]
    public async Task A_new_key_is_found_when_a_token_names_it_but_unknown_names_do_not_make_us_ask_on_and_on()
    {
        var tenant = await api.NewTenant();
        using var authority = new Authority();
        await using var host = Host(authority.Issuer);
        (await api.TryToken(authority.Token(tenant.Slug), host)).ShouldBe(HttpStatusCode.OK);
        authority.Requests.Count.ShouldBe(2);

        authority.Rotate("next");
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        host.Clock.Stop();
        (await api.TryToken(authority.Token(tenant.Slug), host)).ShouldBe(HttpStatusCode.OK);
        authority.Requests.Count.ShouldBe(4);

        for (var i = 0; i < 20; i++)
        {
            (await api.TryToken(authority.Keys.Sign(new { alg = "ES256", typ = "at+jwt", kid = $"unknown-{i}" }, authority.Claims(tenant.Slug)), host)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        authority.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_authority_that_is_away_leaves_the_rest_standing_and_its_known_keys_in_use()
    {
        var tenant = await api.NewTenant();
        var authority = new Authority();
        await using var host = Host(authority.Issuer);
        (await api.TryToken(authority.Token(tenant.Slug), host)).ShouldBe(HttpStatusCode.OK);
        authority.IsAway = true;
        host.Clock.Advance(TimeSpan.FromHours(2));

        (await api.TryToken(authority.Token(tenant.Slug, now: host.Clock.GetUtcNow()), host)).ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromDays(2));
        (await api.TryToken(authority.Token(tenant.Slug, now: host.Clock.GetUtcNow()), host)).ShouldBe(HttpStatusCode.Unauthorized);
        var machine = await tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        (await api.TryToken(await ApiClient.FetchToken(host.CreateClient(), machine.Text("clientId"), machine.Text("clientSecret")), host)).ShouldBe(HttpStatusCode.OK);
        authority.Dispose();
    }

    [Theory]
    [InlineData("Algorithms:0", "HS256")]
    [InlineData("Algorithms:0", "none")]
    [InlineData("Issuer", "http://authority.example")]
    public async Task A_setting_that_cannot_be_keeps_the_host_from_serving(string setting, string value)
    {
        using var authority = new Authority();
        await using var host = Host(authority.Issuer, (setting, value));

        (await Should.ThrowAsync<Exception>(async () => await api.TryToken("x", host))).ToString().ShouldContain("Identity:Authorities");
    }

    private ApiHost Host(string issuer, params (string Name, string Value)[] authority)
    {
        var settings = new Dictionary<string, string>(api.Settings, StringComparer.Ordinal)
        {
            ["Outbound:AllowPrivateNetworks"] = "true",
            ["Identity:Authorities:0:Issuer"] = issuer,
            ["Identity:Authorities:0:Audience"] = Audience,
            ["Identity:Authorities:0:Algorithms:0"] = "ES256",
        };
        foreach (var (name, value) in authority)
        {
            settings[$"Identity:Authorities:0:{name}"] = value;
        }

        return new ApiHost(settings);
    }

    private static async Task<string> FetchToken(string issuer, string client)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{issuer}/token"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client)}:a-secret-of-the-other-authority")));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("resource", Audience), KeyValuePair.Create("scope", "networkplatform")]);
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        answer.TryGetProperty("access_token", out var token).ShouldBeTrue(answer.ToString());
        return token.GetString()!;
    }

    /// <summary>An authority that a test can make say anything.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly LoopbackServer server;
        private string kid = "ec";

        internal Authority()
        {
            server = new LoopbackServer(request => IsAway ? (503, "") : (200, request.Path == "/.well-known/openid-configuration"
                ? JsonSerializer.Serialize(new { issuer = Issuer, jwks_uri = Issuer + "/jwks" })
                : JsonSerializer.Serialize(new { keys = new[] { Key(), Keys.RsaKey } })));
        }

        internal SignedTokens Keys { get; private set; } = new();

        internal string Issuer => server.Address;

        internal string Subject { get; } = Guid.NewGuid().ToString("D");

        internal bool IsAway { get; set; }

        internal System.Collections.Concurrent.ConcurrentQueue<LoopbackServer.Received> Requests => server.Requests;

        public void Dispose()
        {
            server.Dispose();
            Keys.Dispose();
        }

        internal void Rotate(string name)
        {
            Keys.Dispose();
            (Keys, kid) = (new SignedTokens(), name);
        }

        internal JsonObject Claims(string tenant, string[]? roles = null, DateTimeOffset? now = null)
        {
            var at = now ?? DateTimeOffset.UtcNow;
            return new JsonObject
            {
                ["iss"] = Issuer,
                ["sub"] = Subject,
                ["aud"] = new JsonArray("something-else", Audience),
                ["iat"] = at.ToUnixTimeSeconds(),
                ["exp"] = at.AddMinutes(5).ToUnixTimeSeconds(),
                ["tenant"] = tenant,
                ["roles"] = new JsonArray([.. (roles ?? ["viewer"]).Select(r => JsonValue.Create(r))]),
            };
        }

        internal string Token(string tenant, string[]? roles = null, DateTimeOffset? now = null) => Keys.Sign(new { alg = "ES256", typ = "at+jwt", kid }, Claims(tenant, roles, now));

        private JsonNode Key()
        {
            var key = JsonSerializer.SerializeToNode(Keys.EcKey)!;
            key["kid"] = kid;
            return key;
        }
    }
}
