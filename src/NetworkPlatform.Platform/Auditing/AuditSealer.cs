using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Entries that this process has committed, by database and in that order, waiting for their links. What does not fit, or dies with the process, is found by the sealer's round.</summary>
internal sealed class AuditQueue
{
    private readonly ConcurrentDictionary<ValueTuple<TenantDatabase?>, Channel<AuditEntry>> entries = new();

    internal void Add(TenantDatabase? database, AuditEntry committed) => Of(database).Writer.TryWrite(committed);

    internal List<AuditEntry> Take(TenantDatabase? database, int atMost)
    {
        List<AuditEntry> taken = [];
        while (taken.Count < atMost && Of(database).Reader.TryRead(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }

    private Channel<AuditEntry> Of(TenantDatabase? database) => entries.GetOrAdd(
        ValueTuple.Create(database), _ => Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropWrite }));
}

/// <summary>
/// Links committed entries to their tenants' chains in one database, behind the commits and in their order: many tenants in one transaction, one transaction at a time in the whole database,
/// under the relay's role. A round through all tenants at the start, and now and then, finds what a killed process left.
/// </summary>
internal sealed partial class AuditSealer(
    IDbContextFactory<PlatformDbContext> contexts, IDatabase engine, ITenantStore tenants, AuditQueue queue, TimeProvider clock, ILogger<AuditSealer> logger, TenantDatabase? database = null)
    : IWorkInDatabase
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(15);

    /// <summary>An entry that is this much older than the newest sealed one was seen by a round before.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    private readonly Dictionary<Guid, long> told = [];
    private bool isRoundDue = true;
    private long lastRound;

    [SuppressMessage("Design", "CA1031", Justification = "The sealer must outlive whatever fails in one try; what it leaves is found by the next round.")]
    public async Task Run(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Gather);
        do
        {
            try
            {
                await SealCommitted(stoppingToken);
                if (isRoundDue || Stopwatch.GetElapsedTime(lastRound) > BetweenRounds)
                {
                    await GoRound(stoppingToken);
                    (isRoundDue, lastRound) = (false, Stopwatch.GetTimestamp());
                }
            }
            catch (Exception exception)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                LogFailed(logger, exception.Message);
                isRoundDue = true;
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None) && !stoppingToken.IsCancellationRequested);
    }

    private async Task SealCommitted(CancellationToken cancellationToken)
    {
        while (queue.Take(database, AtOnce) is { Count: > 0 } entries)
        {
            try
            {
                await Seal(entries, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Some have a link by another node's round, or went with their tenant, or somebody has meddled with a chain: look one by one, and at these alone. To take up what else
                // there is would take it from other nodes' queues, and they from this one's, for ever.
                foreach (var ofTenant in entries.ToLookup(e => e.TenantId, e => e.Id))
                {
                    await TrySealUnsealed(ofTenant.Key, [.. ofTenant], cancellationToken);
                }
            }

            if (entries.Count < AtOnce)
            {
                return; // what comes meanwhile is gathered for the next time
            }
        }
    }

    private async Task Seal(List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LocateAt(database);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.LockNameAhead(Sealing.Lock);
        var ids = entries.Select(e => e.TenantId).Distinct().ToArray();
        var heads = await db.AuditHeads.IgnoreQueryFilters(ModuleDbContext.EveryTenant).Where(h => ids.Contains(h.TenantId)).ToDictionaryAsync(h => h.TenantId, cancellationToken);
        foreach (var entry in entries)
        {
            if (!heads.TryGetValue(entry.TenantId, out var head))
            {
                heads[entry.TenantId] = head = AuditHead.Of(entry.TenantId);
                db.Add(head);
            }

            db.AddLast(head.Append(entry, clock.GetUtcNow()));
        }

        await db.SaveAndCommit(transaction, engine, cancellationToken);
    }

    private async Task GoRound(CancellationToken cancellationToken)
    {
        // What modules of the main database do for a tenant is told there, wherever its own rows are.
        // Of suspended ones, too: what they did before, or what was under way for them, may have been left without its link.
        foreach (var tenant in (await tenants.GetAllAsync(cancellationToken)).Where(t => database is null || t.Database == database))
        {
            if (await TrySealUnsealed(tenant.Id, among: null, cancellationToken) is { Sequence: > 0 } head && told.GetValueOrDefault(tenant.Id) != head.Sequence)
            {
                told[tenant.Id] = head.Sequence;
                LogHead(logger, tenant.Id, head.Sequence, Convert.ToHexStringLower(head.Hash));
            }
        }
    }

    /// <summary>One tenant's broken chain holds up no other's.</summary>
    private async Task<AuditHead?> TrySealUnsealed(Guid tenant, Guid[]? among, CancellationToken cancellationToken)
    {
        try
        {
            return await SealUnsealed(tenant, among, cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            LogBroken(logger, tenant, exception.GetBaseException().Message);
            return null;
        }
    }

    /// <summary>Links what the tenant has without one; returns the chain's end.</summary>
    private async Task<AuditHead?> SealUnsealed(Guid tenant, Guid[]? among, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LocateAt(database);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var (head, isAll) = await db.SealUnsealed(tenant, among, LookBack, AtOnce, clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (isAll)
            {
                return head;
            }

            db.ChangeTracker.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The audit of tenant {TenantId} is sealed up to link {Sequence} with hash {Hash}")]
    private static partial void LogHead(ILogger logger, Guid tenantId, long sequence, string hash);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit of tenant {TenantId} cannot be sealed; verify it: {Reason}")]
    private static partial void LogBroken(ILogger logger, Guid tenantId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sealing the audit failed and will be tried again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}

internal static class Sealing
{
    /// <summary>Held by who adds links, one at a time in a database.</summary>
    internal const string Lock = "audit sealing";

    /// <summary>Links some of what the tenant has without one; the caller commits.</summary>
    /// <param name="among">The entries to look at; null for all.</param>
    /// <param name="lookBack">How much older than the newest sealed entry one may be; null for any age.</param>
    /// <returns>The chain's end, and whether nothing is left.</returns>
    internal static async Task<(AuditHead? Head, bool IsAll)> SealUnsealed(
        this ModuleDbContext db, Guid tenant, Guid[]? among, TimeSpan? lookBack, int atMost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.LockNameAhead(Lock);
        var head = await db.Set<AuditHead>().IgnoreQueryFilters(ModuleDbContext.EveryTenant).SingleOrDefaultAsync(h => h.TenantId == tenant, cancellationToken);
        var since = head is null || lookBack is null ? DateTimeOffset.UnixEpoch : head.SealedAt - lookBack.Value;
        var entries = db.Set<AuditEntry>().IgnoreQueryFilters(ModuleDbContext.EveryTenant).Where(e => e.TenantId == tenant);
        var unsealed = await (among is null ? entries.Where(e => e.At >= since) : entries.Where(e => among.Contains(e.Id)))
            .Where(e => !db.Set<AuditLink>().Any(l => l.TenantId == tenant && l.Id == e.Id))
            .OrderBy(e => e.At).ThenBy(e => e.Id).Take(atMost).AsNoTracking().ToListAsync(cancellationToken);
        if (unsealed.Count == 0)
        {
            return (head, true);
        }

        if (head is null)
        {
            head = AuditHead.Of(tenant);
            db.Add(head);
        }

        db.AddRange(unsealed.Select(entry => head.Append(entry, now)));
        await db.SaveChangesAsync(cancellationToken);
        return (head, unsealed.Count < atMost);
    }
}
