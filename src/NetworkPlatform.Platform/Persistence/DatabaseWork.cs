using System.Diagnostics.CodeAnalysis;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Works in one database, which it takes as an optional <see cref="TenantDatabase"/> when it is made, until it is stopped.</summary>
internal interface IWorkInDatabase
{
    Task Run(CancellationToken stoppingToken);
}

/// <summary>Keeps one worker at work in the main database and in each that is a tenant's own, found anew while tenants move: one that is away holds up no other.</summary>
internal partial class DatabaseWork<TWork>(IServiceProvider services, ITenantStore tenants, ILogger<TWork> logger) : BackgroundService
    where TWork : IWorkInDatabase
{
    private static readonly TimeSpan LookForDatabases = TimeSpan.FromSeconds(1);

    [SuppressMessage("Reliability", "CA2000", Justification = "Each is disposed of when its worker has stopped.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var main = Work(null, stoppingToken);
        Dictionary<TenantDatabase, (Task Working, CancellationTokenSource Stop)> others = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await Databases(stoppingToken) is { } databases)
            {
                foreach (var database in databases.Where(d => !others.ContainsKey(d)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    others[database] = (Work(database, stop.Token), stop);
                }

                foreach (var (database, (working, stop)) in others.Where(o => !databases.Contains(o.Key)).ToList())
                {
                    others.Remove(database);
                    await stop.CancelAsync();
                    await working;
                    stop.Dispose();
                }
            }

            await Task.Delay(LookForDatabases, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(others.Values.Select(o => o.Working).Append(main));
        foreach (var (_, stop) in others.Values)
        {
            stop.Dispose();
        }
    }

    private Task Work(TenantDatabase? database, CancellationToken stoppingToken)
    {
        object[] parameters = database is null ? [] : [database];
        return ActivatorUtilities.CreateInstance<TWork>(services, parameters).Run(stoppingToken);
    }

    /// <summary>Null where it cannot be told just now: then all stay as they are.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The work must outlive whatever fails in one round.")]
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
                LogNotFound(logger, typeof(TWork).Name, exception.Message);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} could not look for databases of tenants and will try again: {Reason}")]
    private static partial void LogNotFound(ILogger logger, string work, string reason);
}
