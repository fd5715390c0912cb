using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Tokens as a test makes them with its own key: good ones and bad ones.</summary>
public sealed class SignedTokens : IDisposable
{
    private readonly ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA rsa = RSA.Create(2048);

    /// <summary>Its public keys, for a client's registration.</summary>
    public object KeySet => new { keys = new object[] { EcKey, RsaKey } };

    public object EcKey
    {
        get
        {
            var q = ecdsa.ExportParameters(includePrivateParameters: false).Q;
            return new { kty = "EC", crv = "P-256", kid = "ec", use = "sig", x = Base64Url.EncodeToString(q.X), y = Base64Url.EncodeToString(q.Y) };
        }
    }

    public object RsaKey
    {
        get
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            return new { kty = "RSA", kid = "rsa", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) };
        }
    }

    public static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    /// <summary>A signature by the algorithm that the header names.</summary>
    public string Sign(object header, object claims)
    {
        var content = $"{Part(header)}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var signature = JsonSerializer.SerializeToElement(header).GetProperty("alg").GetString() switch
        {
            "RS256" => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => ecdsa.SignData(bytes, HashAlgorithmName.SHA256),
        };
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose()
    {
        ecdsa.Dispose();
        rsa.Dispose();
    }
}
