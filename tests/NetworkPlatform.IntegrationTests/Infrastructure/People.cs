using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Volunteers who are signed in themselves.</summary>
public static class People
{
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
