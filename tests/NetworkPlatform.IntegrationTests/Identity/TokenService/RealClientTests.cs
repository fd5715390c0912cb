using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkPlatform.IntegrationTests.Identity.TokenService;

/// <summary>Client libraries of other hands against the service as a process of its own: they refuse whatever breaks the standards that they know.</summary>
public sealed class RealClientTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string NativeRedirectUri = "http://127.0.0.1:49152/back";

    [Fact]
    public async Task Openid_client_signs_in_refreshes_pushes_introspects_revokes_and_signs_out()
    {
        var (result, person, app) = await Run("openid-client");

        result.Text("sub").ShouldBe(person.Id.ToString("D"));
        result.Text("email").ShouldBe(person.Email);
        var access = result.GetProperty("access");
        (access.Text("sub"), access.Text("tenant"), access.Text("client_id")).ShouldBe((person.Id.ToString("D"), person.Tenant.Slug, app.ClientId));
        access.GetProperty("roles")[0].GetString().ShouldBe("viewer");
        result.GetProperty("id").Text("sid").ShouldNotBeEmpty();
        result.GetProperty("own").Text("tenant").ShouldBe(person.Tenant.Slug);
        result.GetProperty("live").GetBoolean().ShouldBeTrue();
        result.GetProperty("dead").GetBoolean().ShouldBeFalse();
        result.Text("refused").ShouldBe("invalid_grant");
        result.Text("left").ShouldBe(RelyingParty.LoggedOut + "?state=bye");
        result.Text("afterwards").ShouldBe("invalid_grant");
        result.GetProperty("api").EnumerateArray().Select(s => s.GetInt32()).ShouldBe([200, 401], "the person has signed out, the machine has not");
    }

    [Fact]
    public async Task Oauth4webapi_pushes_redeems_validates_refreshes_introspects_and_revokes_without_a_secret()
    {
        var (result, person, _) = await Run("oauth4webapi");

        result.Text("sub").ShouldBe(person.Id.ToString("D"));
        result.Text("email").ShouldBe(person.Email);
        result.Text("tenant").ShouldBe(person.Tenant.Slug);
        result.Text("scope").ShouldBe(RelyingParty.AllScopes);
        result.GetProperty("introspected").GetBoolean().ShouldBeFalse("another client's");
        result.Text("refused").ShouldBe("invalid_grant");
        result.Text("left").ShouldBe(RelyingParty.LoggedOut);
        result.GetProperty("api")[0].GetInt32().ShouldBe(401);
    }

    private async Task<(JsonElement Result, Somebody Person, RelyingParty App)> Run(string library)
    {
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var web = await RelyingParty.New(person.Tenant);
        var native = await RelyingParty.New(person.Tenant, new { kind = "native", redirectUris = new[] { "http://127.0.0.1/back" } });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = Jwk(key);
        var signer = await person.Tenant.Admin.Post("/clients", new { name = "A signer", roles = new[] { "viewer" }, jwks = new { keys = new[] { Without(jwk, "d") } } }).Created();
        using var host = await HostProcess.Start(api.Database, rabbitMq: null, isIssuer: true);

        var output = await NodeClient.Run("relying-parties.js", JsonSerializer.Serialize(new
        {
            library,
            issuer = host.Http.BaseAddress!.ToString().TrimEnd('/'),
            redirectUri = RelyingParty.RedirectUri,
            loggedOut = RelyingParty.LoggedOut,
            scope = RelyingParty.AllScopes,
            person = new { email = person.Email, password = person.Password },
            web = new { clientId = web.ClientId, clientSecret = web.Secret },
            native = new { clientId = native.ClientId, redirectUri = NativeRedirectUri },
            signer = new { clientId = signer.Text("clientId"), privateKey = jwk },
        }));

        var result = JsonDocument.Parse(output).RootElement;
        result.TryGetProperty("failure", out var failure).ShouldBeFalse(failure.ToString());
        return (result, person, web);
    }

    private static JsonObject Jwk(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        static string Encode(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "mine", ["x"] = Encode(parameters.Q.X), ["y"] = Encode(parameters.Q.Y), ["d"] = Encode(parameters.D) };
    }

    private static JsonObject Without(JsonObject json, string member)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove(member);
        return copy;
    }
}
