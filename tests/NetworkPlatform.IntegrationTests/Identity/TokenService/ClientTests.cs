using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Kinds of clients, their secrets and their keys.</summary>
public sealed class ClientTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_secret_is_rotated_without_a_gap_and_the_old_one_ends_when_it_was_said_to()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        var machine = await NewMachine(tenant);
        var end = DateTimeOffset.UtcNow.AddMinutes(5);

        var second = await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { previousEndsAt = end }).Created();
        var rotated = machine with { Secret = second.Text("clientSecret") };
        await Works(machine);
        await Works(rotated);
        await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { }).Problem(409, "two-secrets-are-live");
        var listed = await Secrets(tenant, machine);
        listed.Count.ShouldBe(2);
        listed.ShouldContain(s => s.Id() == second.GetProperty("secretId").GetGuid() && s.GetProperty("endsAt").ValueKind == JsonValueKind.Null);

        own.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await Refused(machine);
        await Works(rotated);
        (await Secrets(tenant, machine)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Either_of_two_secrets_can_be_ended_at_once_and_the_other_goes_on()
    {
        var tenant = await api.NewTenant();
        var machine = await NewMachine(tenant);
        var rotated = machine with { Secret = (await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { }).Created()).Text("clientSecret") };
        var newest = (await Secrets(tenant, machine)).Find(s => s.GetProperty("endsAt").ValueKind == JsonValueKind.Null).Id();

        await tenant.Admin.Delete($"/clients/{machine.Id}/secrets/{newest}").NoContent();
        await Refused(rotated);
        await Works(machine);
        await tenant.Admin.Delete($"/clients/{machine.Id}/secrets/{newest}").Problem(404, "secret-not-found");

        var third = machine with { Secret = (await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { }).Created()).Text("clientSecret") };
        await Works(machine);
        await Works(third);
    }

    [Fact]
    public async Task Nobody_rotates_or_ends_another_tenants_secrets_nor_asks_for_what_cannot_be()
    {
        var tenant = await api.NewTenant();
        var machine = await NewMachine(tenant);
        var stranger = (await api.NewTenant()).Admin;
        var secret = (await Secrets(tenant, machine)).ShouldHaveSingleItem().Id();

        await stranger.Post($"/clients/{machine.Id}/secrets", new { }).Problem(404, "client-not-found");
        await stranger.Delete($"/clients/{machine.Id}/secrets/{secret}").Problem(404, "client-not-found");
        (await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { previousEndsAt = DateTimeOffset.UtcNow.AddDays(-1) })).ShouldBeInvalid("previousEndsAt");
        (await tenant.Admin.Post($"/clients/{machine.Id}/secrets", new { previousEndsAt = DateTimeOffset.UtcNow.AddDays(91) })).ShouldBeInvalid("previousEndsAt");
        var native = await RelyingParty.New(tenant, new { kind = "native" });
        await tenant.Admin.Post($"/clients/{native.Id}/secrets", new { }).Problem(422, "client-has-no-secrets");
        await Works(machine);
    }

    [Fact]
    public async Task Who_may_not_grant_a_clients_roles_neither_renews_nor_ends_it()
    {
        var network = await api.NewNetwork();
        var modest = await api.NewClient(network.Admin, "/clients", new { name = "Modest", roles = new[] { "tenant-admin" } });
        var chief = (await modest.All("/clients")).Single(c => c.Text("name") == "Network administration");

        await modest.Post($"/clients/{chief.Id()}/secrets", new { }).Problem(403, "role-not-yours-to-grant");
        await modest.Delete($"/clients/{chief.Id()}/secrets/{chief.GetProperty("secrets")[0].Id()}").Problem(403, "role-not-yours-to-grant");
        await modest.Delete($"/clients/{chief.Id()}").Problem(403, "role-not-yours-to-grant");
        var below = await network.Admin.Post("/clients", new { name = "Reaches below", roles = new[] { "viewer" }, below = true }).Created();
        await modest.Post($"/clients/{below.Id()}/secrets", new { }).Problem(403, "below-not-yours-to-grant");

        (await modest.All("/clients")).ShouldAllBe(c => c.GetProperty("revokedAt").ValueKind == JsonValueKind.Null && c.GetProperty("secrets").GetArrayLength() == 1);
        await network.Admin.Post($"/clients/{chief.Id()}/secrets", new { }).Created();
        await network.Admin.Delete($"/clients/{below.Id()}").NoContent();
    }

    [Fact]
    public async Task What_a_client_cannot_be_is_refused_by_field()
    {
        var admin = (await api.NewTenant()).Admin;
        string[] uris = [RelyingParty.RedirectUri];

        (await admin.Post("/clients", new { name = "x" })).ShouldBeInvalid("roles");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, roles = new[] { "viewer" } })).ShouldBeInvalid("roles");
        (await admin.Post("/clients", new { name = "x", kind = "web" })).ShouldBeInvalid("redirectUris");
        (await admin.Post("/clients", new { name = "x", roles = new[] { "viewer" }, redirectUris = uris })).ShouldBeInvalid("redirectUris");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, scopes = new[] { "everything" } })).ShouldBeInvalid("scopes");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, postLogoutRedirectUris = new[] { "http://app.example" } })).ShouldBeInvalid("postLogoutRedirectUris");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, backChannelLogoutUri = "http://app.example" })).ShouldBeInvalid("backChannelLogoutUri");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, idTokenSignedResponseAlg = "HS256" })).ShouldBeInvalid("idTokenSignedResponseAlg");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, jwks = new { keys = Array.Empty<object>() } })).ShouldBeInvalid("jwks");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, jwks = new { keys = new object?[] { null } } })).ShouldBeInvalid("jwks");
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, jwks = new { keys = new[] { new { kty = "oct", k = "AAAA" } } } })).ShouldBeInvalid("jwks");
        using var keys = new SignedTokens();
        var withPrivate = JsonSerializer.SerializeToNode(keys.EcKey)!;
        withPrivate["d"] = "AAAA";
        (await admin.Post("/clients", new { name = "x", kind = "web", redirectUris = uris, jwks = new { keys = new[] { withPrivate } } })).ShouldBeInvalid("jwks");
        (await admin.Post("/clients", new { name = "x", kind = "native", redirectUris = uris, jwks = keys.KeySet })).ShouldBeInvalid("jwks");
    }

    [Theory]
    [InlineData("ES256", "ec")]
    [InlineData("RS256", "rsa")]
    [InlineData("PS256", "rsa")]
    public async Task A_client_proves_itself_by_a_token_that_it_has_signed(string algorithm, string kid)
    {
        using var keys = new SignedTokens();
        var client = await NewSigner(keys);

        (await Ask(client, keys.Sign(new { alg = algorithm, kid }, Assertion(client)))).Status.ShouldBe(HttpStatusCode.OK);
        (await Ask(client, keys.Sign(new { alg = algorithm, kid }, Assertion(client, aud: ApiHost.Issuer + "/connect/token")))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_assertion_counts_once_for_us_for_a_short_time_and_from_the_client_itself()
    {
        using var keys = new SignedTokens();
        using var others = new SignedTokens();
        var client = await NewSigner(keys);
        var header = new { alg = "ES256", kid = "ec" };
        var good = keys.Sign(header, Assertion(client));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Ask(client, good)));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);

        string[] bad =
        [
            others.Sign(header, Assertion(client)),
            keys.Sign(header, Assertion(client, aud: "https://elsewhere.example")),
            keys.Sign(header, Assertion(client, seconds: -1)),
            keys.Sign(header, Assertion(client, seconds: 3600)),
            keys.Sign(header, Assertion(client, jti: null)),
            keys.Sign(header, Assertion(client, sub: "somebody")),
            keys.Sign(new { alg = "RS256", kid = "ec" }, Assertion(client)),
            keys.Sign(new { alg = "ES256", kid = "unknown" }, Assertion(client)),
            $"{SignedTokens.Part(new { alg = "none" })}.{SignedTokens.Part(Assertion(client))}.",
            "nonsense",
        ];
        foreach (var assertion in bad)
        {
            await Ask(client, assertion).ShouldBeRefused("invalid_client", 401);
        }

        await (client with { Secret = "guessed" }).Token(("grant_type", "client_credentials")).ShouldBeRefused("invalid_client", 401);
        await client.Token(("grant_type", "client_credentials")).ShouldBeRefused("invalid_client", 401);
    }

    private static object Assertion(RelyingParty client, string? aud = null, int seconds = 60, string? jti = "", string? sub = null) => new
    {
        iss = client.ClientId,
        sub = sub ?? client.ClientId,
        aud = aud ?? ApiHost.Issuer,
        jti = jti?.Length == 0 ? Guid.NewGuid().ToString() : jti,
        iat = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        exp = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds(),
    };

    private static Task<Answer> Ask(RelyingParty client, string assertion) => client.Token(
        ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion));

    private static async Task Works(RelyingParty client) => (await client.Token(("grant_type", "client_credentials"))).ShouldBe(HttpStatusCode.OK);

    private static Task Refused(RelyingParty client) => client.Token(("grant_type", "client_credentials")).ShouldBeRefused("invalid_client", 401);

    private static async Task<List<JsonElement>> Secrets(Tenant tenant, RelyingParty client) =>
        [.. (await tenant.Admin.All("/clients")).Find(c => c.Id() == client.Id).GetProperty("secrets").EnumerateArray()];

    private static async Task<RelyingParty> NewMachine(Tenant tenant)
    {
        var client = await tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        return new RelyingParty(tenant, client.Id(), client.Text("clientId"), client.Text("clientSecret"));
    }

    private async Task<RelyingParty> NewSigner(SignedTokens keys)
    {
        var tenant = await api.NewTenant();
        var client = await tenant.Admin.Post("/clients", new { name = "A signer", roles = new[] { "viewer" }, jwks = keys.KeySet }).Created();
        client.GetProperty("clientSecret").ValueKind.ShouldBe(JsonValueKind.Null);
        return new RelyingParty(tenant, client.Id(), client.Text("clientId"), null);
    }
}
