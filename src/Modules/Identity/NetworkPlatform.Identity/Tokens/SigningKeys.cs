using System.Buffers.Text;
using System.Security.Cryptography;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>The installation's signing key: made once by whichever node comes first, kept encrypted in the database, held in memory by every node.</summary>
internal sealed class SigningKeys(IDbContextFactory<IdentityDbContext> contexts, IDatabase database, AtRestEncryption encryption, TimeProvider clock) : IDisposable
{
    private const string Purpose = "signing-key";
    private const int FirstGeneration = 1;

    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile LoadedKey? current;

    public void Dispose() => loading.Dispose();

    internal async ValueTask<LoadedKey> Current(CancellationToken cancellationToken)
    {
        if (current is { } loaded)
        {
            return loaded;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            return current ??= Decrypt(await Find(cancellationToken) ?? await Create(cancellationToken));
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<SigningKey?> Find(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.Generation).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<SigningKey> Create(CancellationToken cancellationToken)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
        var key = new SigningKey
        {
            Generation = FirstGeneration,
            KeyId = Base64Url.EncodeToString(SHA256.HashData([.. parameters.Q.X!, .. parameters.Q.Y!]).AsSpan(0, 16)),
            X = parameters.Q.X!,
            Y = parameters.Q.Y!,
            EncryptedPrivateKey = encryption.Encrypt(parameters.D, Purpose),
            CreatedAt = clock.GetUtcNow(),
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TryAddOnce(key, database, cancellationToken)
            ? key
            : await Find(cancellationToken) ?? throw new InvalidOperationException("Another node's signing key vanished while ours was being made.");
    }

    private LoadedKey Decrypt(SigningKey key) => new(
        key.KeyId,
        new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = encryption.Decrypt(key.EncryptedPrivateKey, Purpose), Q = new ECPoint { X = key.X, Y = key.Y } });
}

/// <summary>A signing key in memory. Makes an ECDsa per use, since instances are not safe to share between threads.</summary>
internal sealed record LoadedKey(string KeyId, ECParameters Parameters)
{
    internal byte[] Sign(byte[] data)
    {
        using var ecdsa = ECDsa.Create(Parameters);
        return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = Parameters.Curve, Q = Parameters.Q });
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
