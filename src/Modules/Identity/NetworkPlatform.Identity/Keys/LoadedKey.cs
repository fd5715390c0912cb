using System.Security.Cryptography;

namespace NetworkPlatform.Identity.Keys;

/// <summary>A signing key in memory. Makes an instance per use, since those of the framework are not safe to share between threads.</summary>
internal sealed class LoadedKey
{
    private readonly ECParameters curve;
    private readonly RSAParameters rsa;

    private LoadedKey(SigningKey row, JsonWebKey known, ECParameters curve, RSAParameters rsa) =>
        (Generation, ActiveFrom, Public, this.curve, this.rsa) = (row.Generation, row.ActiveFrom, known, curve, rsa);

    internal int Generation { get; }

    internal DateTimeOffset ActiveFrom { get; }

    internal JsonWebKey Public { get; }

    internal string KeyId => Public.KeyId!;

    internal static byte[] Create(string algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == SigningAlgorithm.RS256 ? RSA.Create(3072) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <exception cref="CryptographicException">It is no such key.</exception>
    internal static LoadedKey Load(SigningKey row, byte[] privateKey)
    {
        if (row.Algorithm == SigningAlgorithm.RS256)
        {
            using var key = RSA.Create();
            key.ImportPkcs8PrivateKey(privateKey, out _);
            return new LoadedKey(row, JsonWebKey.Of(key), default, key.ExportParameters(includePrivateParameters: true));
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(privateKey, out _);
        return new LoadedKey(row, JsonWebKey.Of(ecdsa), ecdsa.ExportParameters(includePrivateParameters: true), default);
    }

    internal byte[] Sign(byte[] data)
    {
        if (Public.Algorithm == SigningAlgorithm.RS256)
        {
            using var key = RSA.Create(rsa);
            return key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create(curve);
        return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
