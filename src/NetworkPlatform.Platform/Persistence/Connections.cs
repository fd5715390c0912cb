using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>The connection strings of every database by role, ready for use; null is the main database, which the settings name.</summary>
internal sealed class Connections(IDatabase database, IConfiguration configuration)
{
    private const int DefaultStatementTimeout = 15;

    private readonly ConcurrentDictionary<(TenantDatabase? At, string Pool), string> applications = new();
    private readonly ConcurrentDictionary<(TenantDatabase? At, string Pool), string> relays = new();
    private readonly TimeSpan statementsAtMost = TimeSpan.FromSeconds(configuration.GetValue("Database:StatementTimeoutSeconds", DefaultStatementTimeout));

    /// <summary>The application's, with its limit on statements. Whoever waits for one pool's connection while holding another's gets a pool of its own.</summary>
    internal string Application(TenantDatabase? at, string pool) => applications.GetOrAdd(
        (at, pool), key => database.Pooled(database.LimitStatements(key.At?.Application ?? configuration.Require("Database:ConnectionString"), statementsAtMost), key.Pool));

    internal string Relay(TenantDatabase? at) => relays.GetOrAdd(
        (at, PlatformTables.Schema), key => database.Pooled(key.At?.Relay ?? configuration.Require("Database:RelayConnectionString"), key.Pool));

    internal string Owner(TenantDatabase? at) => at?.Owner ?? configuration.Require("Database:OwnerConnectionString");
}

/// <summary>Sends a context's connection to its database whenever it opens, so that neither a pooled context nor its connection keeps anything of the tenant before.</summary>
internal sealed class ConnectsWhereBound(Func<TenantDatabase?, string> connectionTo) : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        connection.ConnectionString = connectionTo(((ModuleDbContext)eventData.Context!).Location);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ConnectionOpening(connection, eventData, result));
}
