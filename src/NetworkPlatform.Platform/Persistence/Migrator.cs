using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>
/// Brings every schema up to date under the owner's role, then walls the tables off. The only thing that migrates; safe to run again, beside itself and beside nodes that serve: who waits for a table holds up
/// everybody who comes after, so each wait is short, and then tried again.
/// </summary>
public static class Migrator
{
    /// <summary>Less than a database takes to look for a deadlock, and then to end a request over it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>The main database, then each that is a tenant's own.</summary>
    /// <exception cref="InvalidOperationException">Some of the latter could not be migrated; all others are.</exception>
    public static async Task MigrateAsync(IServiceProvider services, Action<string> report, CancellationToken cancellationToken)
    {
        await MigrateAsync(services, null, report, cancellationToken);
        var (number, failed) = (0, 0);
        foreach (var database in await services.GetRequiredService<ITenantStore>().GetDatabasesAsync(cancellationToken))
        {
            number++;
            try
            {
                await MigrateAsync(services, database, text => report($"tenants' database {number}: {text}"), cancellationToken);
            }
            catch (DbException exception)
            {
                failed++;
                report($"tenants' database {number}: {exception.Message}");
            }
        }

        if (failed > 0)
        {
            throw new InvalidOperationException($"{failed} of {number} tenants' own databases could not be migrated.");
        }
    }

    internal static async Task MigrateAsync(IServiceProvider services, TenantDatabase? at, Action<string> report, CancellationToken cancellationToken)
    {
        var (database, connections) = (services.GetRequiredService<IDatabase>(), services.GetRequiredService<Connections>());
        foreach (var module in services.GetServices<ModuleContext>().Where(m => m.IsIn(at)))
        {
            await using var context = module.Create(database, database.LimitLockWaits(connections.Owner(at), LongestWait));
            context.Database.SetCommandTimeout(0); // an index on a large table takes long
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            if (pending > 0)
            {
                await Patiently(() => context.Database.MigrateAsync(cancellationToken));
            }

            await database.PrepareAsync(context, report, cancellationToken);
            await Patiently(WallOff);
            report($"{module.Schema}: {pending} migration(s) applied");

            async Task WallOff()
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                foreach (var statement in database.IsolationSql(context, connections.Application(at, module.Schema), connections.Relay(at)))
                {
                    await context.Database.ExecuteSqlRawAsync(statement, cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
            }

            async Task Patiently(Func<Task> work)
            {
                while (true)
                {
                    try
                    {
                        await work();
                        return;
                    }
                    catch (Exception exception) when (database.IsTransient(exception))
                    {
                        report($"{module.Schema}: trying again: {exception.GetBaseException().Message}");
                        await Task.Delay(Pause, cancellationToken);
                    }
                }
            }
        }
    }
}
