using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace NetworkPlatform.Identity.Keys;

/// <summary>
/// The installation's signing keys: made when they are due by whichever node comes first, published before they sign and after, kept encrypted in the database, held in memory by every
/// node. A key that cannot be decrypted is passed over.
/// </summary>
internal sealed partial class SigningKeys(
    IDbContextFactory<IdentityDbContext> contexts, IDatabase database, AtRestEncryption encryption, KeyRotation rotation, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    private const string Purpose = "signing-key";
    private const int MaxTries = 5;

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgainForUnknown = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile Known? known;

    public void Dispose() => loading.Dispose();

    /// <summary>The key that signs now.</summary>
    internal async ValueTask<LoadedKey> Current(string algorithm, CancellationToken cancellationToken)
    {
        var keys = await Look([algorithm], LookAgainAfter, cancellationToken);
        return Signing(keys, algorithm)!;
    }

    /// <summary>Every key that a token may be signed with, soon, now or until a moment ago.</summary>
    internal async ValueTask<IReadOnlyList<LoadedKey>> Published(CancellationToken cancellationToken) =>
        (await Look([SigningAlgorithm.ES256, SigningAlgorithm.RS256], LookAgainAfter, cancellationToken)).Keys;

    /// <summary>The published key of that id; null where there is none.</summary>
    internal async ValueTask<LoadedKey?> Find(string keyId, CancellationToken cancellationToken) =>
        Find(await Look([], LookAgainAfter, cancellationToken), keyId) ?? Find(await Look([], LookAgainForUnknown, cancellationToken), keyId);

    private static LoadedKey? Find(Known keys, string keyId) => keys.Keys.FirstOrDefault(k => k.KeyId == keyId);

    private static IEnumerable<LoadedKey> Of(Known keys, string algorithm) => keys.Keys.Where(k => k.Public.Algorithm == algorithm);

    private LoadedKey? Signing(Known keys, string algorithm)
    {
        var now = clock.GetUtcNow();
        return Of(keys, algorithm).Where(k => k.ActiveFrom <= now).MaxBy(k => k.ActiveFrom);
    }

    /// <summary>From when on the next key must sign, if it is time to publish it; null if not.</summary>
    private DateTimeOffset? NextIsDue(Known keys, string algorithm)
    {
        var now = clock.GetUtcNow();
        if (Signing(keys, algorithm) is null)
        {
            return now;
        }

        var end = Of(keys, algorithm).Max(k => k.ActiveFrom) + rotation.Interval;
        return now < end - rotation.Announcement ? null : end > now + rotation.Announcement ? end : now + rotation.Announcement;
    }

    private async ValueTask<Known> Look(string[] algorithms, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (IsGood(known))
        {
            return known!;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 0; !IsGood(known); tries++)
            {
                if (tries == MaxTries)
                {
                    throw new InvalidOperationException("Another node makes signing keys that this one cannot read: is Identity:KeyEncryptionKey the same on both?");
                }

                known = await Load(cancellationToken);
                foreach (var algorithm in algorithms)
                {
                    if (NextIsDue(known, algorithm) is { } activeFrom)
                    {
                        await Create(algorithm, activeFrom, [.. known.Retired.Where(k => k.Public.Algorithm == algorithm).Select(k => k.Generation)], cancellationToken);
                        known = known with { At = DateTimeOffset.MinValue };
                    }
                }
            }

            return known!;
        }
        finally
        {
            loading.Release();
        }

        bool IsGood(Known? keys) => keys is not null && clock.GetUtcNow() - keys.At < atMost && algorithms.All(algorithm => NextIsDue(keys, algorithm) is null);
    }

    private async Task<Known> Load(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.SigningKeys.AsNoTracking().OrderBy(k => k.Generation).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var readable = rows.Select(Decrypt).OfType<LoadedKey>().ToList();
        var (live, retired) = (readable.Where(k => !IsRetired(k)).ToList(), readable.Where(IsRetired).ToList());
        return new Known(live, retired, now);

        bool IsRetired(LoadedKey key) => readable.Where(next => Succeeds(next, key)).Select(next => (DateTimeOffset?)next.ActiveFrom).Min() + rotation.Retention < now;

        static bool Succeeds(LoadedKey next, LoadedKey key) => next.Public.Algorithm == key.Public.Algorithm && next.ActiveFrom > key.ActiveFrom;
    }

    private async Task Create(string algorithm, DateTimeOffset activeFrom, int[] retired, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.SigningKeys.Where(k => k.Algorithm == algorithm).MaxAsync(k => (int?)k.Generation, cancellationToken) ?? 0;

        // Where another node is first, its key is the one.
        await db.TryAddOnce(
            new SigningKey
            {
                Algorithm = algorithm,
                Generation = last + 1,
                EncryptedPrivateKey = encryption.Encrypt(LoadedKey.Create(algorithm), Purpose),
                ActiveFrom = activeFrom,
                CreatedAt = clock.GetUtcNow(),
            },
            database,
            cancellationToken);
        await db.SigningKeys.Where(k => k.Algorithm == algorithm && retired.Contains(k.Generation)).ExecuteDeleteAsync(cancellationToken);
    }

    private LoadedKey? Decrypt(SigningKey row)
    {
        try
        {
            return LoadedKey.Load(row, encryption.Decrypt(row.EncryptedPrivateKey, Purpose));
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(logger, row.Algorithm, row.Generation, exception.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Algorithm} signing key {Generation} cannot be read and is passed over: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string algorithm, int generation, string reason);

    /// <param name="Retired">What no token can be signed with any more.</param>
    private sealed record Known(IReadOnlyList<LoadedKey> Keys, IReadOnlyList<LoadedKey> Retired, DateTimeOffset At);
}
