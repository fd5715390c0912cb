using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>Entries that this process has committed, in that order, waiting for their links. What does not fit, or dies with the process, is found by the sealer's round.</summary>
internal sealed class AuditQueue
{
    private readonly Channel<AuditEntry> entries = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Add(AuditEntry entry) => entries.Writer.TryWrite(entry);

    internal List<AuditEntry> Take(int atMost)
    {
        List<AuditEntry> taken = [];
        while (taken.Count < atMost && entries.Reader.TryRead(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }
}

/// <summary>
/// Links committed entries to their tenants' chains, behind the commits and in their order: many tenants in one transaction, one transaction at a time in the whole database, under the relay's
/// role. A round through all tenants at the start, and now and then, finds what a killed process left.
/// </summary>
internal sealed partial class AuditSealer(
    IDbContextFactory<PlatformDbContext> contexts, ITenantStore tenants, AuditQueue queue, TimeProvider clock, ILogger<AuditSealer> logger) : BackgroundService
{
    private const int AtOnce = 1000;
    private const string Lock = "audit sealing";

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(15);

    /// <summary>An entry that is this much older than the newest sealed one was seen by a round before.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    private static readonly string[] EveryTenant = [ModuleDbContext.TenantFilter];

    private readonly Dictionary<Guid, long> told = [];
    private long lastRound;

    [SuppressMessage("Design", "CA1031", Justification = "The sealer must outlive whatever fails in one try; what it leaves is found by the next round.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Gather);
        do
        {
            try
            {
                await SealCommitted(stoppingToken);
                if (lastRound == 0 || Stopwatch.GetElapsedTime(lastRound) > BetweenRounds)
                {
                    await GoRound(stoppingToken);
                    lastRound = Stopwatch.GetTimestamp();
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.Message);
                lastRound = 0;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task SealCommitted(CancellationToken cancellationToken)
    {
        while (queue.Take(AtOnce) is { Count: > 0 } entries)
        {
            try
            {
                await Seal(entries, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Some have a link by another node's round, or went with their tenant, or somebody has meddled with a chain: look what there is, one by one.
                foreach (var tenant in entries.Select(e => e.TenantId).Distinct())
                {
                    await TrySealUnsealed(tenant, cancellationToken);
                }
            }
        }
    }

    private async Task Seal(List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.LockNameAhead(Lock);
        var ids = entries.Select(e => e.TenantId).Distinct().ToArray();
        var heads = await db.AuditHeads.IgnoreQueryFilters(EveryTenant).Where(h => ids.Contains(h.TenantId)).ToDictionaryAsync(h => h.TenantId, cancellationToken);
        foreach (var entry in entries)
        {
            if (!heads.TryGetValue(entry.TenantId, out var head))
            {
                heads[entry.TenantId] = head = AuditHead.Of(entry.TenantId);
                db.Add(head);
            }

            db.Add(head.Append(entry, clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task GoRound(CancellationToken cancellationToken)
    {
        foreach (var tenant in await tenants.GetAllActiveAsync(cancellationToken))
        {
            if (await TrySealUnsealed(tenant.Id, cancellationToken) is { Sequence: > 0 } head && told.GetValueOrDefault(tenant.Id) != head.Sequence)
            {
                told[tenant.Id] = head.Sequence;
                LogHead(logger, tenant.Id, head.Sequence, Convert.ToHexStringLower(head.Hash));
            }
        }
    }

    /// <summary>One tenant's broken chain holds up no other's.</summary>
    private async Task<AuditHead?> TrySealUnsealed(Guid tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await SealUnsealed(tenant, cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            LogBroken(logger, tenant, exception.GetBaseException().Message);
            return null;
        }
    }

    /// <summary>Links what the tenant has without one; returns the chain's end.</summary>
    private async Task<AuditHead?> SealUnsealed(Guid tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.LockNameAhead(Lock);
            var head = await db.AuditHeads.IgnoreQueryFilters(EveryTenant).SingleOrDefaultAsync(h => h.TenantId == tenant, cancellationToken);
            var since = head is null ? DateTimeOffset.UnixEpoch : head.SealedAt - LookBack;
            var unsealed = await db.AuditEntries.IgnoreQueryFilters(EveryTenant)
                .Where(e => e.TenantId == tenant && e.At >= since && !db.AuditLinks.Any(l => l.TenantId == tenant && l.Id == e.Id))
                .OrderBy(e => e.At).ThenBy(e => e.Id).Take(AtOnce).AsNoTracking().ToListAsync(cancellationToken);
            if (unsealed.Count == 0)
            {
                return head;
            }

            if (head is null)
            {
                head = AuditHead.Of(tenant);
                db.Add(head);
            }

            db.AddRange(unsealed.Select(entry => head.Append(entry, clock.GetUtcNow())));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
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
