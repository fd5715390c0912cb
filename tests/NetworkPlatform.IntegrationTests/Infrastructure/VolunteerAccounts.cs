using System.Buffers.Text;
using System.Data.Common;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Volunteers who act for themselves: their record linked to an account, and a token of that account, signed with the installation's own key.</summary>
public static class VolunteerAccounts
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static async Task<ApiClient> AsThemselves(this Tenant tenant, Guid volunteerId)
    {
        var account = Guid.NewGuid();
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteerId}/account", new { accountId = account }).NoContent();
        return await tenant.AsAccount(account);
    }

    /// <summary>A caller with the role volunteer and no other.</summary>
    public static async Task<ApiClient> AsAccount(this Tenant tenant, Guid account)
    {
        var http = tenant.Fixture.Host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(tenant, account));
        return new ApiClient(http);
    }

    private static async Task<string> Token(Tenant tenant, Guid account)
    {
        var now = tenant.Fixture.Host.Clock.GetUtcNow();
        await using var connection = await tenant.Fixture.Database.Open(tenant.Fixture.Database.Superuser);
        await using var command = TestDatabase.Command(connection, "SELECT key_id, x, y, encrypted_private_key FROM identity.signing_keys ORDER BY generation DESC");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        using var key = Key(row);
        var header = Encode(new { alg = "ES256", typ = "at+jwt", kid = row.GetString(0) });
        var payload = Encode(new
        {
            iss = ApiHost.Issuer,
            sub = account,
            aud = "networkplatform",
            exp = now.AddHours(1).ToUnixTimeSeconds(),
            iat = now.ToUnixTimeSeconds(),
            jti = Guid.NewGuid(),
            client_id = "tests",
            tenant = tenant.Slug,
            roles = new[] { "volunteer" },
            scope = "api",
        });
        return $"{header}.{payload}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256))}";
    }

    private static ECDsa Key(DbDataReader row)
    {
        var blob = ((byte[])row[3]).AsSpan();
        var secret = new byte[blob.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Convert.FromBase64String(ApiHost.KeyEncryptionKey), TagLength);
        aes.Decrypt(blob[..NonceLength], blob[(NonceLength + TagLength)..], blob.Slice(NonceLength, TagLength), secret);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret, Q = new ECPoint { X = (byte[])row[1], Y = (byte[])row[2] } });
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
