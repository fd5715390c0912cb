using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Volunteers who act for themselves: their record linked to an account, and a token of that account, signed with the installation's own key.</summary>
public static class VolunteerAccounts
{
    public static async Task<ApiClient> AsThemselves(this Tenant tenant, Guid volunteerId)
    {
        var account = Guid.NewGuid();
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteerId}/account", new { accountId = account }).NoContent();
        return await tenant.AsAccount(account);
    }

    /// <summary>A caller with these roles; with the role volunteer and no other where none is given.</summary>
    public static async Task<ApiClient> AsAccount(this Tenant tenant, Guid account, params string[] roles)
    {
        var database = tenant.Fixture.Database;
        var keyId = await database.Scalar<string>("SELECT key_id FROM identity.signing_keys");
        var point = new ECPoint { X = await database.Scalar<byte[]>("SELECT x FROM identity.signing_keys"), Y = await database.Scalar<byte[]>("SELECT y FROM identity.signing_keys") };
        var secret = tenant.Fixture.Host.Services.GetRequiredService<AtRestEncryption>().Decrypt(await database.Scalar<byte[]>("SELECT encrypted_private_key FROM identity.signing_keys"), "signing-key");
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret, Q = point });
        var now = tenant.Fixture.Host.Clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = ApiHost.Issuer,
            ["sub"] = account,
            ["aud"] = "networkplatform",
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid(),
            ["client_id"] = "a-client",
            ["tenant"] = tenant.Slug,
            ["roles"] = roles.Length == 0 ? ["volunteer"] : roles,
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
