using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>
/// How often signing in has failed lately: for one account, for one address, and for one account from one address. Of accounts that do not exist too, so that a
/// lock tells nothing of them.
/// </summary>
[Shared("people sign in to the network, whichever of its tenants they come through")]
[Pseudonymous("holds hashes of what failures are counted for, and means nothing once its window has ended")]
internal sealed class FailedSignIns : NetworkEntity
{
    /// <summary>SHA-256 of what is counted: neither addresses nor accounts are listed here.</summary>
    public required byte[] Key { get; init; }

    public required int Count { get; set; }

    /// <summary>When the count begins anew.</summary>
    public required DateTimeOffset WindowEndsAt { get; set; }
}

/// <summary>One thing that failures are counted for, and how many it takes until nothing more is tried before the window ends.</summary>
internal sealed record SignInLimit(byte[] Key, int Failures, TimeSpan Window)
{
    /// <summary>The owner's own typing errors stay well below.</summary>
    internal const int PerAccountAndAddress = 5;

    /// <summary>Far below the hundred that NIST SP 800-63B §5.2.2 allows, for those who guess from many addresses.</summary>
    internal const int PerAccount = 50;

    /// <summary>A whole organisation may sign in from one address.</summary>
    internal const int PerAddress = 200;

    internal static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    internal static SignInLimit Account(string account) => new(Hash("account", account), PerAccount, TimeSpan.FromHours(1));

    internal static SignInLimit AccountFrom(string account, string address) => new(Hash("account-from", account, address), PerAccountAndAddress, Lock);

    internal static SignInLimit Address(string address) => new(Hash("address", address), PerAddress, Lock);

    /// <summary>Second factors of one person, whoever holds the password by now.</summary>
    internal static SignInLimit SecondFactor(Guid personId) => new(Hash("second-factor", personId.ToString()), PerAccountAndAddress, Lock);

    /// <summary>Letters that anybody may cause to be sent to one account.</summary>
    internal static SignInLimit Letters(string account) => new(Hash("letters", account), PerAccountAndAddress, TimeSpan.FromHours(1));

    /// <summary>And that one person has sent to addresses that are not theirs yet.</summary>
    internal static SignInLimit LettersBy(Guid personId) => new(Hash("letters-by", personId.ToString()), PerAccountAndAddress, TimeSpan.FromHours(1));

    /// <summary>And that come from one address.</summary>
    internal static SignInLimit LettersFrom(string address) => new(Hash("letters-from", address), PerAddress, TimeSpan.FromHours(1));

    private static byte[] Hash(params string[] parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
}

internal static class SignInLimits
{
    /// <summary>Whether any of these is reached. Whoever else tries the first of them waits until this transaction ends, so that tries at once count one by one.</summary>
    internal static async Task<bool> IsReached(this IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken, params SignInLimit[] limits)
    {
        db.LockNameAhead($"sign-in {db.NetworkId} {Convert.ToHexString(limits[0].Key)}");
        var keys = limits.Select(l => l.Key).ToList();
        var counts = await db.FailedSignIns.AsNoTracking().Where(f => keys.Contains(f.Key) && f.WindowEndsAt > now).ToListAsync(cancellationToken);
        return Array.Exists(limits, l => counts.Exists(c => c.Key.AsSpan().SequenceEqual(l.Key) && c.Count >= l.Failures));
    }

    internal static async Task Count(this IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken, params SignInLimit[] limits)
    {
        foreach (var limit in limits)
        {
            // Each lock in the same order, so that two never wait for each other.
            db.LockNameAhead($"sign-in {db.NetworkId} {Convert.ToHexString(limit.Key)}");
        }

        // Whoever's they were: most come back no more.
        await db.FailedSignIns.Where(f => f.WindowEndsAt <= now).ExecuteDeleteAsync(cancellationToken);
        foreach (var limit in limits)
        {
            if (await db.FailedSignIns.SingleOrDefaultAsync(f => f.Key == limit.Key, cancellationToken) is not { } known)
            {
                db.Add(new FailedSignIns { Key = limit.Key, Count = 1, WindowEndsAt = now + limit.Window });
            }
            else if (++known.Count == limit.Failures)
            {
                // The lock lasts its whole time from the failure that reached it.
                known.WindowEndsAt = now + limit.Window;
            }
        }
    }

    internal static async Task Forget(this IdentityDbContext db, CancellationToken cancellationToken, params SignInLimit[] limits)
    {
        var keys = limits.Select(l => l.Key).ToList();
        await db.FailedSignIns.Where(f => keys.Contains(f.Key)).ExecuteDeleteAsync(cancellationToken);
    }
}
