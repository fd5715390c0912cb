using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Tokens that are bound to a key (check 48, RFC 9449).</summary>
public sealed class ProofOfPossessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Endpoint = ApiHost.Issuer + "/connect/token";
    private const string ShowUserInfo = "/connect/userinfo";

    [Fact]
    public async Task C48_a_bound_token_works_with_a_proof_of_its_key_for_this_very_request_and_never_without()
    {
        using var key = new SignedTokens();
        using var stolen = new SignedTokens();
        var (_, token) = await BoundToken(key);
        var url = ApiHost.Issuer + "/api/v1/tenant";
        (await Try("DPoP", token, Proof(key, "GET", url, token))).ShouldBe(HttpStatusCode.OK);

        (await Try("Bearer", token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try("DPoP", token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try("Bearer", token, Proof(key, "GET", url, token))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try("DPoP", token, Proof(stolen, "GET", url, token))).ShouldBe(HttpStatusCode.Unauthorized, "another key");
        (await Try("DPoP", token, Proof(key, "POST", url, token))).ShouldBe(HttpStatusCode.Unauthorized, "htm");
        (await Try("DPoP", token, Proof(key, "GET", url + "s", token))).ShouldBe(HttpStatusCode.Unauthorized, "htu");
        (await Try("DPoP", token, Proof(key, "GET", url, token + "x"))).ShouldBe(HttpStatusCode.Unauthorized, "ath");
        (await Try("DPoP", token, Proof(key, "GET", url))).ShouldBe(HttpStatusCode.Unauthorized, "no ath");
        (await Try("DPoP", token, Proof(key, "GET", url, token, seconds: -61))).ShouldBe(HttpStatusCode.Unauthorized, "old");
        (await Try("DPoP", token, Proof(key, "GET", url, token, seconds: 30))).ShouldBe(HttpStatusCode.Unauthorized, "of the future");
        (await Try("DPoP", token, Proof(key, "GET", url, token), Proof(key, "GET", url, token))).ShouldBe(HttpStatusCode.Unauthorized, "two");

        var once = Proof(key, "GET", url, token);
        (await Try("DPoP", token, once)).ShouldBe(HttpStatusCode.OK);
        (await Try("DPoP", token, once)).ShouldBe(HttpStatusCode.Unauthorized, "jti again");

        var (_, unbound) = await BoundToken(null);
        (await Try("DPoP", unbound, Proof(key, "GET", url, unbound))).ShouldBe(HttpStatusCode.Unauthorized, "not bound");
    }

    [Fact]
    public async Task C48_a_proof_is_for_an_address_of_ours_the_issuers_or_a_tenants_host_name_whatever_host_a_request_names()
    {
        using var key = new SignedTokens();
        var (machine, token) = await BoundToken(key);
        var (tenants, strangers) = ($"http://{machine.Tenant.Slug}.np.example/api/v1/tenant", "http://evil.example/api/v1/tenant");

        (await TryAt(tenants, "DPoP", token, Proof(key, "GET", tenants, token))).ShouldBe(HttpStatusCode.OK);
        (await TryAt(strangers, "DPoP", token, Proof(key, "GET", strangers, token))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task C58_userinfo_takes_a_bound_token_with_its_proof_also_where_it_is_for_the_api_too()
    {
        using var key = new SignedTokens();
        var (person, app) = await SomebodyAndANativeApplication();
        foreach (var scope in (string[])["openid", "openid networkplatform"])
        {
            var code = await app.Code(await person.SignedIn(), ("scope", scope));
            var token = (await Ask(app, Proof(key, "POST", Endpoint), Redemption(code))).ShouldBe(HttpStatusCode.OK).Text("access_token");
            var url = ApiHost.Issuer + ShowUserInfo;
            var proof = Proof(key, "GET", url, token);

            (await TryAt(ShowUserInfo, "DPoP", token, proof)).ShouldBe(HttpStatusCode.OK, scope);
            (await TryAt(ShowUserInfo, "DPoP", token, proof)).ShouldBe(HttpStatusCode.Unauthorized, "jti again");
            (await TryAt(ShowUserInfo, "Bearer", token)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task C48_a_public_clients_refresh_token_that_comes_with_a_proof_is_followed_by_one_that_needs_the_key()
    {
        using var key = new SignedTokens();
        var (person, app) = await SomebodyAndANativeApplication();
        var tokens = await app.SignIn(person);

        var next = (await Ask(app, Proof(key, "POST", Endpoint), ("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")))).ShouldBe(HttpStatusCode.OK);

        next.Text("token_type").ShouldBe("DPoP");
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", next.Text("refresh_token"))).ShouldBeRefused("invalid_dpop_proof");
        (await Ask(app, Proof(key, "POST", Endpoint), ("grant_type", "refresh_token"), ("refresh_token", next.Text("refresh_token")))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task C57_introspection_says_which_key_a_token_is_bound_to()
    {
        using var key = new SignedTokens();
        var (machine, token) = await BoundToken(key);

        var told = await machine.Post("/connect/introspect", ("token", token)).Ok();

        told.Text("token_type").ShouldBe("DPoP");
        told.GetProperty("cnf").Text("jkt").ShouldBe(token.Claims()["cnf"]!["jkt"]!.GetValue<string>());
        var (unbound, bearer) = await BoundToken(null);
        (await unbound.Post("/connect/introspect", ("token", bearer)).Ok()).TryGetProperty("cnf", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task C48_the_token_endpoint_refuses_proofs_that_cannot_be()
    {
        using var key = new SignedTokens();
        var (machine, _) = await BoundToken(null);
        var good = Claims("POST", Endpoint);
        var header = new { typ = "dpop+jwt", alg = "ES256", jwk = key.EcKey };
        var withPrivate = JsonSerializer.SerializeToNode(key.EcKey)!;
        withPrivate["d"] = "AAAA";
        string[] bad =
        [
            key.Sign(new { typ = "JWT", alg = "ES256", jwk = key.EcKey }, good),
            key.Sign(new { typ = "dpop+jwt", alg = "ES256" }, good),
            key.Sign(new { typ = "dpop+jwt", alg = "ES256", jwk = withPrivate }, good),
            key.Sign(new { typ = "dpop+jwt", alg = "ES256", jwk = (object?)null }, good),
            $"{Base64Url.EncodeToString("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"\\ud800\"}}"u8)}.{SignedTokens.Part(good)}.AA",
            key.Sign(new { typ = "dpop+jwt", alg = "RS256", jwk = key.EcKey }, good),
            $"{SignedTokens.Part(new { typ = "dpop+jwt", alg = "none", jwk = key.EcKey })}.{SignedTokens.Part(good)}.",
            key.Sign(header, Claims("POST", Endpoint + "?x=1")),
            key.Sign(header, new { htm = "POST", htu = Endpoint, iat = DateTimeOffset.UtcNow.ToUnixTimeSeconds() }),
            "nonsense",
        ];
        foreach (var proof in bad)
        {
            await Ask(machine, proof).ShouldBeRefused("invalid_dpop_proof");
        }

        (await Ask(machine, key.Sign(header, good))).ShouldBe(HttpStatusCode.OK);
        await Ask(machine, key.Sign(header, good)).ShouldBeRefused("invalid_dpop_proof");
    }

    [Fact]
    public async Task C48_a_public_clients_refresh_token_needs_the_same_key()
    {
        using var key = new SignedTokens();
        using var stolen = new SignedTokens();
        var (person, app) = await SomebodyAndANativeApplication();
        var tokens = (await Ask(app, Proof(key, "POST", Endpoint), Redemption(await app.Code(await person.SignedIn())))).ShouldBe(HttpStatusCode.OK);
        tokens.Text("token_type").ShouldBe("DPoP");
        (string, string)[] refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))];

        await app.Token(refresh).ShouldBeRefused("invalid_dpop_proof");
        await Ask(app, Proof(stolen, "POST", Endpoint), refresh).ShouldBeRefused("invalid_dpop_proof");
        var next = (await Ask(app, Proof(key, "POST", Endpoint), refresh)).ShouldBe(HttpStatusCode.OK);
        next.Text("access_token").Claims()["cnf"]!["jkt"]!.GetValue<string>().ShouldBe(tokens.Text("access_token").Claims()["cnf"]!["jkt"]!.GetValue<string>());
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", next.Text("refresh_token"))).ShouldBeRefused("invalid_dpop_proof");
    }

    [Fact]
    public async Task C08_the_algorithms_of_proofs_are_published() => (await api.Anonymous().Get("//.well-known/openid-configuration").Ok())
        .GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(a => a.GetString()).ShouldBe(["ES256", "RS256", "PS256"]);

    private static object Claims(string method, string address, string? accessToken = null, int seconds = 0) => accessToken is null
        ? new { htm = method, htu = address, iat = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds(), jti = Guid.NewGuid() }
        : new
        {
            htm = method,
            htu = address,
            iat = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds(),
            jti = Guid.NewGuid(),
            ath = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))),
        };

    private static string Proof(SignedTokens key, string method, string address, string? accessToken = null, int seconds = 0) =>
        key.Sign(new { typ = "dpop+jwt", alg = "ES256", jwk = key.EcKey }, Claims(method, address, accessToken, seconds));

    private async Task<(RelyingParty Machine, string Token)> BoundToken(SignedTokens? key)
    {
        var tenant = await api.NewTenant();
        var client = await tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        var machine = new RelyingParty(tenant, client.Id(), client.Text("clientId"), client.Text("clientSecret"));
        var answer = (await Ask(machine, key is null ? null : Proof(key, "POST", Endpoint))).ShouldBe(HttpStatusCode.OK);
        answer.Text("token_type").ShouldBe(key is null ? "Bearer" : "DPoP");
        return (machine, answer.Text("access_token"));
    }

    private static async Task<Answer> Ask(RelyingParty client, string? proof, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/connect/token", UriKind.Relative));
        var credentials = client.Secret is null ? new[] { ("client_id", client.ClientId) } : [("client_id", client.ClientId), ("client_secret", client.Secret)];
        request.Content = new FormUrlEncodedContent((form.Length > 0 ? form : [("grant_type", "client_credentials")]).Concat(credentials).Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
        if (proof is not null)
        {
            request.Headers.TryAddWithoutValidation("DPoP", proof);
        }

        return await RelyingParty.Send(client.Tenant.Fixture, request);
    }

    private static (string, string)[] Redemption(string code) =>
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri), ("code_verifier", RelyingParty.Verifier)];

    private async Task<(Somebody Person, RelyingParty App)> SomebodyAndANativeApplication()
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        return (person, await RelyingParty.New(person.Tenant, new { kind = "native" }));
    }

    private Task<HttpStatusCode> Try(string scheme, string token, params string[] proofs) => TryAt("/api/v1/tenant", scheme, token, proofs);

    private async Task<HttpStatusCode> TryAt(string address, string scheme, string token, params string[] proofs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        foreach (var proof in proofs)
        {
            request.Headers.TryAddWithoutValidation("DPoP", proof);
        }

        return (await RelyingParty.Send(api, request)).Status;
    }
}
