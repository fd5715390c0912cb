using System.Diagnostics.CodeAnalysis;
using MassTransit;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Keeps one <see cref="OutboxCarrier"/> at work in the main database and in each that is a tenant's own, found anew while tenants move: one that is away holds up no other.</summary>
internal sealed partial class OutboxRelay(IServiceProvider services, ITenantStore tenants, IBusControl bus, ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan LookForDatabases = TimeSpan.FromSeconds(1);

    [SuppressMessage("Reliability", "CA2000", Justification = "Each is disposed of when its carrier has stopped.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An event is published to whatever queues there are, and is gone where a consumer's has not been declared yet.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        var main = Carry(null, stoppingToken);
        Dictionary<TenantDatabase, (Task Carrying, CancellationTokenSource Stop)> others = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await Databases(stoppingToken) is { } databases)
            {
                foreach (var database in databases.Where(d => !others.ContainsKey(d)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    others[database] = (Carry(database, stop.Token), stop);
                }

                foreach (var (database, (carrying, stop)) in others.Where(o => !databases.Contains(o.Key)).ToList())
                {
                    others.Remove(database);
                    await stop.CancelAsync();
                    await carrying;
                    stop.Dispose();
                }
            }

            await Task.Delay(LookForDatabases, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(others.Values.Select(o => o.Carrying).Append(main));
        foreach (var (_, stop) in others.Values)
        {
            stop.Dispose();
        }
    }

    private Task Carry(TenantDatabase? database, CancellationToken stoppingToken)
    {
        object?[] parameters = database is null ? [] : [database];
        return ActivatorUtilities.CreateInstance<OutboxCarrier>(services, parameters!).Run(stoppingToken);
    }

    /// <summary>Null where it cannot be told just now: then all stay as they are.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The relay must outlive whatever fails in one round.")]
    private async Task<IReadOnlyList<TenantDatabase>?> Databases(CancellationToken cancellationToken)
    {
        try
        {
            return await tenants.GetDatabasesAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogNotFound(logger, exception.Message);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox relay could not look for databases of tenants and will try again: {Reason}")]
    private static partial void LogNotFound(ILogger logger, string reason);
}
