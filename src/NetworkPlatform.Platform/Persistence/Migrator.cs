using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Modules;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Brings every schema up to date under the owner's role, then walls the tables off. The only thing that migrates; safe to run again and beside itself.</summary>
public static class Migrator
{
    public static async Task MigrateAsync(IServiceProvider services, Action<string> report, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var database = services.GetRequiredService<IDatabase>();
        var owner = configuration.Require("Database:OwnerConnectionString");
        foreach (var module in services.GetServices<ModuleContext>())
        {
            await using var context = module.Create(database, owner);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            await context.Database.MigrateAsync(cancellationToken);
            await database.PrepareAsync(context, report, cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            foreach (var statement in database.IsolationSql(
                context, configuration.Require("Database:ConnectionString"), configuration.Require("Database:RelayConnectionString")))
            {
                await context.Database.ExecuteSqlRawAsync(statement, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            report($"{module.Schema}: {pending} migration(s) applied");
        }
    }
}
