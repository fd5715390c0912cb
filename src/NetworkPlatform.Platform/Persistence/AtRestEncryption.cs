using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>
/// Encrypts what must be readable neither in the database nor in a backup of it: AES-256-GCM under <c>Identity:KeyEncryptionKey</c> (32 random bytes in base64). The purpose is
/// authenticated with it, so that nothing encrypted for one can be passed off as another's.
/// </summary>
public sealed class AtRestEncryption(IConfiguration configuration)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] key = KeyFrom(configuration["Identity:KeyEncryptionKey"]);

    /// <returns>Nonce (12), tag (16) and the encrypted bytes.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, string purpose)
    {
        var blob = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(blob.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(blob.AsSpan(0, NonceLength), plain, blob.AsSpan(NonceLength + TagLength), blob.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return blob;
    }

    /// <exception cref="CryptographicException">It was encrypted under another key or for another purpose, or was changed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> blob, string purpose)
    {
        if (blob.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("What is to be decrypted is cut short.");
        }

        var plain = new byte[blob.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(blob[..NonceLength], blob[(NonceLength + TagLength)..], blob.Slice(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    /// <summary>The id under which what is kept of somebody erased goes on: always the same for one id, and nothing leads from either to the other without the key.</summary>
    public Guid StandInFor(Guid id) => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 16, info: Encoding.UTF8.GetBytes($"stand-in {id}")));

    private static byte[] KeyFrom(string? text)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) && length == bytes.Length
            ? bytes
            : throw new InvalidOperationException("Identity:KeyEncryptionKey must be 32 random bytes in base64.");
    }
}
