using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Api;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Somebody with an account, as a test knows them.</summary>
public sealed record Somebody(Tenant Tenant, Guid Id, string Email, string Password)
{
    /// <summary>A browser in which they are signed in.</summary>
    public async Task<Browser> SignedIn(string? at = null)
    {
        var browser = new Browser(Tenant.Fixture, at ?? Tenant.Slug);
        (await browser.SignIn(Email, Password)).ShouldLeadTo("/account");
        return browser;
    }
}

public static class People
{
    public const string Password = "four plums on a ladder";

    /// <summary>A member with a password, as the host itself makes them.</summary>
    public static async Task<Somebody> NewPerson(this Tenant tenant, params string[] roles)
    {
        var email = $"noa-{Guid.NewGuid():N}@example.org";
        var id = await NetworkFounding.RegisterPersonAsync(tenant.Fixture.Host.Services, tenant.Slug, email, "Noa Levi", Password, roles.Length > 0 ? roles : ["volunteer"]);
        return new Somebody(tenant, id, email, Password);
    }

    /// <summary>The volunteer, signed in under an account of their own.</summary>
    public static async Task<ApiClient> SignedIn(this Tenant tenant, Guid volunteerId, params string[] roles)
    {
        var account = Guid.CreateVersion7();
        await tenant.Fixture.Database.Execute("UPDATE rostering.volunteers SET account_id = $1 WHERE id = $2", account, volunteerId);
        return await tenant.Person(account, roles.Length == 0 ? ["volunteer"] : roles);
    }

    /// <summary>A person's access token, signed with the installation's own key.</summary>
    public static async Task<ApiClient> Person(this Tenant tenant, Guid account, params string[] roles)
    {
        var database = tenant.Fixture.Database;
        var keyId = await database.Scalar<string>("SELECT key_id FROM identity.signing_keys");
        var point = new ECPoint { X = await database.Scalar<byte[]>("SELECT x FROM identity.signing_keys"), Y = await database.Scalar<byte[]>("SELECT y FROM identity.signing_keys") };
        var secret = tenant.Fixture.Host.Services.GetRequiredService<AtRestEncryption>().Decrypt(await database.Scalar<byte[]>("SELECT encrypted_private_key FROM identity.signing_keys"), "signing-key");
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret, Q = point });
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = ApiHost.Issuer,
            ["sub"] = account,
            ["aud"] = "networkplatform",
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid(),
            ["client_id"] = "a-client",
            ["tenant"] = tenant.Slug,
            ["roles"] = roles,
            ["scope"] = "networkplatform",
        };
        var signed = $"{Encode(new { alg = "ES256", typ = "at+jwt", kid = keyId })}.{Encode(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var http = tenant.Fixture.Host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{signed}.{Base64Url.EncodeToString(signature)}");
        return new ApiClient(http);
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
