using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkPlatform.IntegrationTests.Identity;

public sealed class TokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_token_verifies_against_the_published_key_and_says_what_rfc_9068_asks()
    {
        var (clientId, secret) = await NewClient();
        var http = api.Host.CreateClient();
        var discovery = await http.GetFromJsonAsync<JsonElement>(new Uri("/.well-known/openid-configuration", UriKind.Relative));
        var key = (await http.GetFromJsonAsync<JsonElement>(new Uri(discovery.Text("jwks_uri")).PathAndQuery)).GetProperty("keys")[0];

        var parts = (await ApiClient.FetchToken(http, clientId, secret)).Split('.');

        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.Text("x")), Y = Base64Url.DecodeFromChars(key.Text("y")) },
        });
        ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        ((string)header["typ"]!, (string)header["alg"]!, (string)header["kid"]!).ShouldBe(("at+jwt", "ES256", key.Text("kid")));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        foreach (var claim in (string[])["iss", "exp", "aud", "sub", "client_id", "iat", "jti", "tenant", "roles"])
        {
            claims.ContainsKey(claim).ShouldBeTrue(claim);
        }

        claims["iss"]!.GetValue<string>().ShouldBe(discovery.Text("issuer"));
        key.TryGetProperty("d", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_is_refused_that_was_tampered_with_in_any_of_these_ways()
    {
        var (clientId, secret) = await NewClient();
        var http = api.Host.CreateClient();
        var good = await ApiClient.FetchToken(http, clientId, secret);
        var parts = good.Split('.');
        (await Status(http, good)).ShouldBe(HttpStatusCode.OK);

        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hours = Claims(parts, c => c["exp"] = DateTimeOffset.UtcNow.AddHours(9).ToUnixTimeSeconds());
        string[] bad =
        [
            $"{Part(new { alg = "none", typ = "at+jwt" })}.{parts[1]}.",
            $"{Part(new { alg = "HS256", typ = "at+jwt", kid = Header(parts, "kid") })}.{parts[1]}.{Base64Url.EncodeToString(HMACSHA256.HashData(new byte[32], Encoding.ASCII.GetBytes(parts[1])))}",
            Signed(foreign, parts[0], parts[1]),
            Signed(foreign, Part(new { alg = "ES256", typ = "at+jwt", kid = Header(parts, "kid"), jku = "https://evil.example/keys" }), parts[1]),
            $"{Part(new { alg = "ES256", typ = "JWT", kid = Header(parts, "kid") })}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{hours}.{parts[2]}",
            $"{parts[0]}.{parts[1]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}.",
            $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}",
            "nonsense",
        ];
        foreach (var token in bad)
        {
            (await Status(http, token)).ShouldBe(HttpStatusCode.Unauthorized, token);
        }
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var host = new ApiHost(api.Database.Settings);
        var (clientId, secret) = await NewClient();
        var http = host.CreateClient();
        var token = await ApiClient.FetchToken(http, clientId, secret);
        (await Status(http, token)).ShouldBe(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromMinutes(11));

        (await Status(http, token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_token_endpoint_refuses_by_the_standards_error_codes()
    {
        var (clientId, secret) = await NewClient();

        (await Ask(("grant_type", "client_credentials"), ("client_id", clientId), ("client_secret", "wrong"))).ShouldBe((401, "invalid_client"));
        (await Ask(("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", secret))).ShouldBe((401, "invalid_client"));
        (await Ask(("grant_type", "password"), ("client_id", clientId), ("client_secret", secret))).ShouldBe((400, "unsupported_grant_type"));
        (await Ask(("client_id", clientId), ("client_secret", secret))).ShouldBe((400, "invalid_request"));
        (await Ask(("grant_type", "client_credentials"), ("client_id", clientId), ("client_secret", secret), ("scope", "everything"))).ShouldBe((400, "invalid_scope"));
        (await Ask(("grant_type", "client_credentials"), ("client_id", clientId), ("client_id", clientId), ("client_secret", secret))).ShouldBe((400, "invalid_request"));
    }

    [Fact]
    public async Task Basic_authentication_works_and_answers_are_not_stored()
    {
        var (clientId, secret) = await NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new StringContent("grant_type=client_credentials", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));

        using var response = await api.Host.CreateClient().SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_revoked_client_gets_no_token_and_a_role_opens_only_what_it_was_granted()
    {
        var tenant = await api.NewTenant();
        var viewer = await tenant.ClientAs("viewer");
        await viewer.Get("/groups").Ok();
        await viewer.Post("/chapters", new { name = "x", slug = "xx", timeZone = "Europe/London" }).Problem(403, "permission-missing");
        await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "network-admin" } }).Problem(403, "role-not-yours-to-grant");

        var client = await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "viewer" } }).Created();
        await tenant.Admin.Delete($"/clients/{client.Id()}").NoContent();

        (await Ask(("grant_type", "client_credentials"), ("client_id", client.Text("clientId")), ("client_secret", client.Text("clientSecret")))).ShouldBe((401, "invalid_client"));
        var kept = await api.Database.Scalar<byte[]>("SELECT secret_hash FROM \"identity\".api_clients WHERE id = $1", client.Id());
        kept.AsSpan().IndexOf(Encoding.UTF8.GetBytes(client.Text("clientSecret"))).ShouldBe(-1);
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Header(string[] parts, string name) => (string)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))![name]!;

    private static string Claims(string[] parts, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        change(claims);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    private static string Signed(ECDsa key, string header, string payload) =>
        $"{header}.{payload}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256))}";

    private static async Task<HttpStatusCode> Status(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenant");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<(string ClientId, string Secret)> NewClient()
    {
        var client = await (await api.NewTenant()).Admin.Post("/clients", new { name = "A client", roles = new[] { "viewer" } }).Created();
        return (client.Text("clientId"), client.Text("clientSecret"));
    }

    private async Task<(int Status, string Error)> Ask(params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        using var response = await api.Host.CreateClient().PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("error"));
    }
}
