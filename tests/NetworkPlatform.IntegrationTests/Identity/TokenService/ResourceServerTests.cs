using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>What tokens say, and which of them the API believes (checks 49 to 55).</summary>
public sealed class ResourceServerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task C49_an_access_token_is_at_jwt_and_each_of_its_claims_is_needed()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var token = (await app.SignIn(person)).Text("access_token");
        token.Header()["typ"]!.GetValue<string>().ShouldBe("at+jwt");

        (await TryChanged(token, _ => { })).ShouldBe(HttpStatusCode.OK);
        foreach (var claim in (string[])["iss", "exp", "aud", "sub", "client_id", "iat", "jti", "tenant", "roles", "scope"])
        {
            (await TryChanged(token, claims => claims.Remove(claim))).ShouldBe(HttpStatusCode.Unauthorized, claim);
        }

        foreach (var type in (string[])["JWT", "logout+jwt", "AT+JWT "])
        {
            (await TryChanged(token, _ => { }, type)).ShouldBe(HttpStatusCode.Unauthorized, type);
        }
    }

    [Fact]
    public async Task C50_an_id_token_is_nothing_to_the_api_and_an_access_token_is_no_hint()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var browser = await person.SignedIn();
        var tokens = await app.Redeem(await app.Code(browser));

        (await api.TryToken(tokens.Text("id_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Ask(browser, ("id_token_hint", tokens.Text("id_token")))).ShouldGoBackWith("code");
        (await app.Ask(browser, ("id_token_hint", tokens.Text("access_token")))).ShouldGoBackWith("error").ShouldBe("invalid_request");
    }

    [Fact]
    public async Task C51_algorithm_confusion_and_keys_that_a_token_brings_along_are_refused()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var good = (await app.SignIn(person)).Text("access_token");
        var claims = good.Claims();
        var kid = good.Header()["kid"]!.GetValue<string>();
        var jwks = await api.Host.CreateClient().GetStringAsync(new Uri("/.well-known/openid-configuration/jwks", UriKind.Relative));
        using var own = new SignedTokens();

        string Hs256(byte[] secret)
        {
            var content = $"{SignedTokens.Part(new { alg = "HS256", typ = "at+jwt", kid })}.{good.Split('.')[1]}";
            return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)))}";
        }

        var publicKey = JsonNode.Parse(jwks)!["keys"]!.AsArray().First(k => k!["kid"]!.GetValue<string>() == kid)!;
        string[] bad =
        [
            $"{SignedTokens.Part(new { alg = "none", typ = "at+jwt" })}.{good.Split('.')[1]}.",
            $"{SignedTokens.Part(new { alg = "none", typ = "at+jwt", kid })}.{good.Split('.')[1]}.AA",
            Hs256(Encoding.UTF8.GetBytes(publicKey.ToJsonString())),
            Hs256([.. Base64Url.DecodeFromChars(publicKey["x"]!.GetValue<string>()), .. Base64Url.DecodeFromChars(publicKey["y"]!.GetValue<string>())]),
            own.Sign(new { alg = "ES256", typ = "at+jwt", kid }, claims),
            own.Sign(new { alg = "ES256", typ = "at+jwt", kid, jwk = own.EcKey }, claims),
            own.Sign(new { alg = "ES256", typ = "at+jwt", jwk = own.EcKey }, claims),
            own.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec", jku = "https://evil.example/keys" }, claims),
            own.Sign(new { alg = "ES256", typ = "at+jwt", kid = "ec", x5u = "https://evil.example/keys" }, claims),
            own.Sign(new { alg = "RS256", typ = "at+jwt", kid }, claims),
        ];
        foreach (var token in bad)
        {
            (await api.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized, token);
        }

        // Even with the right key, what points elsewhere or demands the unknown is refused.
        foreach (var extra in (string[])["jku", "x5u", "jwk", "crit"])
        {
            (await TryChanged(good, _ => { }, header: h => h[extra] = extra == "crit" ? new JsonArray("exp") : "https://evil.example/keys")).ShouldBe(HttpStatusCode.Unauthorized, extra);
        }
    }

    [Theory]
    [InlineData("{\"typ\":\"\\ud800\"}", "{}")]
    [InlineData("{\"ty\\ud800\":1}", "{}")]
    [InlineData("{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"x\"}", "{\"iss\":\"\\ud800\"}")]
    [InlineData("{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"x\"}", "{\"is\\ud800\":1}")]
    public async Task C51_a_token_of_half_characters_is_none(string header, string claims)
    {
        var token = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.AA";

        (await api.TryToken(token)).ShouldBe(HttpStatusCode.Unauthorized);
        await api.Anonymous().Send(HttpMethod.Post, "//connect/token", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = token,
        })).ShouldBeRefused("invalid_client", 401);
    }

    [Fact]
    public async Task C52_a_wrong_audience_or_issuer_and_a_wrong_time_are_refused()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var token = (await app.SignIn(person)).Text("access_token");
        var now = DateTimeOffset.UtcNow;
        Action<JsonObject>[] wrong =
        [
            c => c["aud"] = "another-api",
            c => c["aud"] = ApiHost.Issuer,
            c => c["aud"] = c["client_id"]!.GetValue<string>(),
            c => c["iss"] = "https://evil.example",
            c => c["iss"] = ApiHost.Issuer + "/",
            c => c["exp"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
            c => c["iat"] = now.AddHours(1).ToUnixTimeSeconds(),
            c => c["nbf"] = now.AddHours(1).ToUnixTimeSeconds(),
            c => c["scope"] = "openid",
            c => c["grant_id"] = Guid.NewGuid().ToString(),
            c => c["client_id"] = "nobody",
        ];
        foreach (var change in wrong)
        {
            (await TryChanged(token, change)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task C53_a_token_is_good_in_its_own_tenant_only()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var sibling = await person.Tenant.Network.NewMember();
        var caller = new ApiClient(api.Host.CreateClient());
        caller.Http.DefaultRequestHeaders.Authorization = new("Bearer", (await app.SignIn(person)).Text("access_token"));

        await caller.Get("/groups").Ok();
        await caller.Send(HttpMethod.Get, "/groups", null, ("X-Tenant", sibling.Slug)).Problem(403, "tenant-not-yours");
    }

    [Fact]
    public async Task C54_people_and_clients_cannot_be_taken_for_one_another()
    {
        var (person, app) = await SomebodyAndAnApplication();
        var token = (await app.SignIn(person)).Text("access_token");
        var machine = await person.Tenant.Admin.Post("/clients", new { name = "A machine", roles = new[] { "viewer" } }).Created();
        var own = await ApiClient.FetchToken(api.Host.CreateClient(), machine.Text("clientId"), machine.Text("clientSecret"));

        token.Claims()["sub"]!.GetValue<string>().ShouldBe(person.Id.ToString("D"));
        own.Claims()["sub"]!.GetValue<string>().ShouldBe(machine.Text("clientId"));
        Guid.TryParse(own.Claims()["sub"]!.GetValue<string>(), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task C55_an_id_token_is_for_its_client_with_its_nonce_and_the_access_tokens_hash(string algorithm)
    {
        var (person, app) = await SomebodyAndAnApplication(algorithm);
        var tokens = await app.SignIn(person);

        var idToken = tokens.Text("id_token");
        var claims = idToken.Claims();
        idToken.Header()["alg"]!.GetValue<string>().ShouldBe(algorithm);
        claims["iss"]!.GetValue<string>().ShouldBe(ApiHost.Issuer);
        claims["aud"]!.GetValue<string>().ShouldBe(app.ClientId);
        claims["nonce"]!.GetValue<string>().ShouldBe("a nonce");
        claims["sub"]!.GetValue<string>().ShouldBe(person.Id.ToString("D"));
        claims["at_hash"]!.GetValue<string>().ShouldBe(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(tokens.Text("access_token"))).AsSpan(0, 16)));
        ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(300);
        claims.ContainsKey("azp").ShouldBeFalse();
    }

    /// <summary>The token with other claims, signed by the service's own key: what it then refuses, it refuses for what the token says.</summary>
    private async Task<HttpStatusCode> TryChanged(string token, Action<JsonObject> change, string type = "at+jwt", Action<JsonObject>? header = null)
    {
        var claims = token.Claims();
        claims["jti"] = Guid.NewGuid().ToString("N");
        change(claims);
        var head = new JsonObject { ["alg"] = "ES256", ["typ"] = type, ["kid"] = token.Header()["kid"]!.GetValue<string>() };
        header?.Invoke(head);
        var stored = await api.Database.Scalar<byte[]>("SELECT encrypted_private_key FROM \"identity\".signing_keys WHERE algorithm = 'ES256'");
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(api.Host.Services.GetRequiredService<AtRestEncryption>().Decrypt(stored, "signing-key"), out _);
        var content = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(head))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return await api.TryToken($"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}");
    }

    private async Task<(Somebody Person, RelyingParty App)> SomebodyAndAnApplication(string? algorithm = null)
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        return (person, await RelyingParty.New(person.Tenant, algorithm is null ? null : new { idTokenSignedResponseAlg = algorithm }));
    }
}
