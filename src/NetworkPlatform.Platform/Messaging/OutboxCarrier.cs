using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>
/// Carries one database's outbox rows to the transport: claims due rows with a lease (past those that another node holds), delivers them outside of any lock, and deletes
/// what was confirmed. A row that fails waits ever longer and holds up no other; after <see cref="MaxAttempts"/> it is kept as dead, as is one under which the process has ended as often.
/// </summary>
internal sealed partial class OutboxCarrier(
    IDbContextFactory<PlatformDbContext> contexts, IDatabase engine, MessageDelivery delivery, TransportSettings transport, OutboxSignal signal, TimeProvider clock, ILogger<OutboxCarrier> logger,
    TenantDatabase? database = null)
    : IWorkInDatabase
{
    internal const int MaxAttempts = 20;
    private const int MaxInFlight = 200;
    private const int MostOfOneSlow = 50;
    private const int ClaimAtOnce = 100;
    private const int Many = 20;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>A type of event of which one takes longer than this waits for another party, such as a mail server that does not answer: others go past it.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PutOffFor = TimeSpan.FromSeconds(5);

    /// <summary>Lets a moment's rows gather, so that one claim and one mark serve many; longer while there are many, so that requests are disturbed less often.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GatherMany = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, (string Type, long Since)> inFlight = new();
    private readonly Channel<(OutboxMessage Message, Exception? Failure)> outcomes = Channel.CreateUnbounded<(OutboxMessage, Exception?)>();

    /// <summary>The next claim begins with the tenant after it, and goes round.</summary>
    private Guid lastServed;

    // In memory this is the only process, so whatever is leased was leased by one that crashed.
    private bool ready = !transport.InMemory;

    public Task Run(CancellationToken stoppingToken) => Task.WhenAll(Repeat(ClaimAndDeliver, stoppingToken), Repeat(Settle, stoppingToken));

    /// <summary>Keeps a loop alive through database outages, one line a failure and one try a second.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The relay must outlive whatever fails in one round.")]
    private async Task Repeat(Func<CancellationToken, Task> round, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogRoundFailed(logger, exception.Message);
                await Task.Delay(LookAgain, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ClaimAndDeliver(CancellationToken cancellationToken)
    {
        if (!ready)
        {
            await EndLeases(cancellationToken);
            ready = true;
        }

        // In big steps: a claim costs nearly the same for one row as for many.
        var underWay = inFlight.Values;
        var slow = underWay.Where(f => clock.GetElapsedTime(f.Since) > Slow).Select(f => f.Type).ToHashSet(StringComparer.Ordinal);
        var places = underWay.Where(f => slow.Contains(f.Type)).CountBy(f => f.Type).ToDictionary(t => t.Key, t => MostOfOneSlow - t.Value, StringComparer.Ordinal);
        var claimed = underWay.Count(f => !slow.Contains(f.Type)) <= MaxInFlight - ClaimAtOnce ? await Claim(ClaimAtOnce, cancellationToken) : [];
        List<OutboxMessage> surplus = [];
        List<OutboxMessage> outlived = [];
        foreach (var message in claimed)
        {
            if (inFlight.ContainsKey(message.Id))
            {
                // A claim that outlived its lease is still under way here: leave it to finish.
                outlived.Add(message);
            }
            else if (message.Attempts > MaxAttempts)
            {
                // None of the attempts has come to an outcome: the process has ended each time, maybe because of it.
                outcomes.Writer.TryWrite((message, new InvalidOperationException("The process has ended each time that the message was under way.")));
            }
            else if (places.TryGetValue(message.Type, out var left) && (places[message.Type] = left - 1) < 0)
            {
                surplus.Add(message);
            }
            else if (inFlight.TryAdd(message.Id, (message.Type, clock.GetTimestamp())))
            {
                _ = Deliver(message, cancellationToken);
            }
        }

        await Uncount(outlived, clock.GetUtcNow() + Lease, cancellationToken);
        await PutOff(surplus, cancellationToken);

        if (claimed.Count < ClaimAtOnce)
        {
            await signal.Wait(database, LookAgain, cancellationToken);
            await Task.Delay(claimed.Count < Many ? Gather : GatherMany, cancellationToken);
        }
    }

    private async Task EndLeases(CancellationToken cancellationToken)
    {
        await using var db = await Open(cancellationToken);
        var now = clock.GetUtcNow();
        await db.Outbox.Where(m => m.DeadAt == null && m.DueAt > now && m.Attempts > 0).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now), cancellationToken);
    }

    private async Task<List<OutboxMessage>> Claim(int count, CancellationToken cancellationToken)
    {
        await using var db = await Open(cancellationToken);
        var now = clock.GetUtcNow();
        var claimed = await db.Outbox.FromSqlRaw(engine.ClaimOutboxSql, now, now + Lease, count, lastServed).AsNoTracking().ToListAsync(cancellationToken);
        lastServed = claimed.Count == 0 ? lastServed : claimed.Select(m => m.TenantId).MaxBy(id => (id <= lastServed, id));
        return claimed;
    }

    /// <summary>Claimed without being tried, and so no attempt.</summary>
    private async Task Uncount(List<OutboxMessage> claimed, DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (claimed.Count > 0)
        {
            await using var db = await Open(cancellationToken);
            var ids = claimed.ConvertAll(m => m.Id);
            await db.Outbox.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, due).SetProperty(m => m.Attempts, m => m.Attempts - 1), cancellationToken);
        }
    }

    /// <summary>And with it all others of its kind that wait: claim by claim each row would be written twice, without a pause.</summary>
    private async Task PutOff(List<OutboxMessage> surplus, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = now + PutOffFor;
        await Uncount(surplus, due, cancellationToken);
        if (surplus.Count > 0)
        {
            await using var db = await Open(cancellationToken);
            var types = surplus.Select(m => m.Type).Distinct(StringComparer.Ordinal).ToList();
            await db.Outbox.Where(m => types.Contains(m.Type) && m.DeadAt == null && m.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, due), cancellationToken);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every failure to deliver is an outcome of its row.")]
    private async Task Deliver(OutboxMessage message, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await delivery.Deliver(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        outcomes.Writer.TryWrite((message, failure));
    }

    private async Task Settle(CancellationToken cancellationToken)
    {
        await outcomes.Reader.WaitToReadAsync(cancellationToken);
        await Task.Delay(Gather, cancellationToken);
        List<OutboxMessage> delivered = [];
        List<(OutboxMessage Message, Exception Failure)> failed = [];
        while (delivered.Count < MaxInFlight && outcomes.Reader.TryRead(out var outcome))
        {
            if (outcome.Failure is { } failure)
            {
                failed.Add((outcome.Message, failure));
            }
            else
            {
                delivered.Add(outcome.Message);
            }
        }

        try
        {
            await using var db = await Open(cancellationToken);
            if (delivered.Count > 0)
            {
                var ids = delivered.Select(m => m.Id).ToArray();
                await db.Outbox.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
            }

            foreach (var (message, failure) in failed)
            {
                await Postpone(db, message, failure, cancellationToken);
            }
        }
        finally
        {
            // Settled or not, the rows are no longer ours: what could not be marked comes back when its lease ends.
            foreach (var message in delivered.Concat(failed.Select(f => f.Message)))
            {
                inFlight.TryRemove(message.Id, out _);
            }
        }

        signal.Set(database);
    }

    private async Task<PlatformDbContext> Open(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LocateAt(database);
        return db;
    }

    [SuppressMessage("Security", "CA5394", Justification = "The jitter spreads retries; nothing secret depends on it.")]
    private async Task Postpone(PlatformDbContext db, OutboxMessage message, Exception failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var backoff = TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, message.Attempts)) * (0.75 + (Random.Shared.NextDouble() / 2)));
        DateTimeOffset? dead = message.Attempts >= MaxAttempts ? now : null;
        var reason = OutboxMessage.Shortened(failure.Message);
        var due = now + backoff;
        await db.Outbox.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
            // While it was under way its leases may have ended: these were no attempts.
            set => set.SetProperty(m => m.DueAt, due).SetProperty(m => m.DeadAt, dead).SetProperty(m => m.LastError, reason).SetProperty(m => m.Attempts, message.Attempts), cancellationToken);
        LogNotDelivered(logger, message.Id, message.Type, message.Attempts, failure.GetType().Name, dead is not null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox relay failed and will try again: {Reason}")]
    private static partial void LogRoundFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of type {Type} was not delivered at attempt {Attempt}: {Failure}; given up: {Dead}")]
    private static partial void LogNotDelivered(ILogger logger, Guid messageId, string type, int attempt, string failure, bool dead);
}
