using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace NetworkPlatform.Identity.Keys;

/// <summary>What tokens are signed with here, by its name in RFC 7518: signatures by public keys only, so that nobody's public key can pass for a shared secret.</summary>
internal static class SigningAlgorithm
{
    internal const string ES256 = "ES256";
    internal const string RS256 = "RS256";
    internal const string PS256 = "PS256";

    /// <summary>All that a signature of somebody else's is taken in.</summary>
    internal static readonly string[] Verified = [ES256, RS256, PS256];
}

/// <summary>A public key (RFC 7517): P-256, or RSA of at least 2048 bits.</summary>
internal sealed record JsonWebKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("use"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Use = null,
    [property: JsonPropertyName("alg"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Algorithm = null,
    [property: JsonPropertyName("kid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyId = null,
    [property: JsonPropertyName("crv"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Curve = null,
    [property: JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? X = null,
    [property: JsonPropertyName("y"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Y = null,
    [property: JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Modulus = null,
    [property: JsonPropertyName("e"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Exponent = null)
{
    private const string EllipticCurve = "EC";
    private const string Rsa = "RSA";
    private const string P256 = "P-256";
    private const int CoordinateBytes = 32;
    private const int LeastModulusBytes = 256;
    private const int MostModulusBytes = 1024;

    /// <summary>Identifies the key by what it is (RFC 7638, SHA-256).</summary>
    [JsonIgnore]
    internal string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(KeyType == EllipticCurve
        ? $$"""{"crv":"{{Curve}}","kty":"EC","x":"{{X}}","y":"{{Y}}"}"""
        : $$"""{"e":"{{Exponent}}","kty":"RSA","n":"{{Modulus}}"}""")));

    /// <summary>Whether a signature can be checked with it at all.</summary>
    [JsonIgnore]
    internal bool IsUsable => Use is null or "sig" && KeyType switch
    {
        EllipticCurve => Curve == P256 && LengthOf(X) == CoordinateBytes && LengthOf(Y) == CoordinateBytes && Algorithm is null or SigningAlgorithm.ES256,
        Rsa => LengthOf(Modulus) is >= LeastModulusBytes and <= MostModulusBytes && LengthOf(Exponent) is > 0 and <= 8 && Algorithm is null or SigningAlgorithm.RS256 or SigningAlgorithm.PS256,
        _ => false,
    };

    internal static JsonWebKey Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Named(new JsonWebKey(EllipticCurve, "sig", SigningAlgorithm.ES256, Curve: P256, X: Base64Url.EncodeToString(point.X), Y: Base64Url.EncodeToString(point.Y)));
    }

    internal static JsonWebKey Of(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Named(new JsonWebKey(
            Rsa, "sig", SigningAlgorithm.RS256, Modulus: Base64Url.EncodeToString(parameters.Modulus), Exponent: Base64Url.EncodeToString(parameters.Exponent)));
    }

    /// <summary>Whether the key made the signature, under this algorithm and no other.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A key that cannot be, of which there are many kinds, has signed nothing.")]
    internal bool Verify(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!IsUsable || (Algorithm ?? algorithm) != algorithm)
        {
            return false;
        }

        try
        {
            switch (algorithm, KeyType)
            {
                case (SigningAlgorithm.ES256, EllipticCurve):
                    using (var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(X), Y = Bytes(Y) } }))
                    {
                        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                    }

                case (SigningAlgorithm.RS256 or SigningAlgorithm.PS256, Rsa):
                    using (var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(Modulus), Exponent = Bytes(Exponent) }))
                    {
                        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm == SigningAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
                    }

                default:
                    return false;
            }
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static JsonWebKey Named(JsonWebKey key) => key with { KeyId = key.Thumbprint };

    private static byte[] Bytes(string? text) => Base64Url.DecodeFromChars(text);

    private static int LengthOf(string? text) => Base64Url.IsValid(text, out var length) ? length : 0;
}
