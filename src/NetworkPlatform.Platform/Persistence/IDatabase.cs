using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>All that differs between database engines.</summary>
public interface IDatabase
{
    /// <summary>The setting <c>Database:Provider</c> that picks it.</summary>
    string Name { get; }

    /// <summary>Sets the provider, its migrations for the module, the binding of each transaction to its tenant, and what travels with it.</summary>
    void Configure(DbContextOptionsBuilder options, string connectionString, string schema);

    /// <summary>The connection string with our settings, its connections in a pool of that name.</summary>
    string Pooled(string connectionString, string name);

    /// <summary>Whether the database itself keeps tenants apart (row-level security), beside the context's filters.</summary>
    bool WallsOffTenants { get; }

    /// <summary>Whether its own code sends a transaction's last rows, and its commit, with the last save: see <see cref="ModuleDbContext.CommitIsDue"/>.</summary>
    bool CommitsWithSave { get; }

    /// <summary>
    /// Reads for all who wait for rows in a shared transaction, in one round trip, and serves or refuses each; null where every command has a transaction of its own. Only with <see cref="CommitsWithSave"/>.
    /// The context's is the transaction.
    /// </summary>
    Func<ModuleDbContext, IReadOnlyList<SharedSeat>, Task>? ReadTogether { get; }

    /// <summary>Whether the failure is a unique key that was already taken, and its name in the context's model; empty for a key that it does not name.</summary>
    bool IsUniqueViolation(Exception exception, ModuleDbContext context, out string key);

    /// <summary>Whether the failure is that a row was no longer as it had been read when it was to be changed.</summary>
    bool IsChangedMeanwhile(Exception exception);

    /// <summary>Whether the same transaction may succeed when it is simply run again (deadlock, serialisation failure, a lock that was waited for as long as allowed).</summary>
    bool IsTransient(Exception exception);

    /// <summary>The connection string with a limit on how long any one statement may run, to be kept by the server.</summary>
    string LimitStatements(string connectionString, TimeSpan atMost);

    /// <summary>The connection string with a limit on how long any one lock is waited for, where the engine takes one there.</summary>
    string LimitLockWaits(string connectionString, TimeSpan atMost);

    /// <summary>Whether the failure is a statement that ran for longer than it may.</summary>
    bool IsTooSlow(Exception exception);

    /// <summary>Whether the failure is that the tenant's rows are not in the database, or are just being moved: see <see cref="AbsentTenant"/>.</summary>
    bool IsTenantAbsent(Exception exception);

    /// <summary>
    /// Claims due outbox rows past those that another node holds: parameters are now {0}, lease end {1}, how many {2}, and after which tenant to begin {3}; returns the rows. Where the
    /// engine can, tenants take turns, each with its oldest row first, so that a backlog of one holds up no other.
    /// </summary>
    string ClaimOutboxSql { get; }

    /// <summary>Sets what is the whole database's, outside of any transaction; safe to run again.</summary>
    Task PrepareAsync(ModuleDbContext context, Action<string> report, CancellationToken cancellationToken);

    /// <summary>
    /// Statements, safe to run again, that wall off the context's tables by tenant and grant the users of the two given connections what they need. Where the engine can, they lock only tables whose walls are
    /// not as they must be.
    /// </summary>
    IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection);

    /// <summary>
    /// Copies the tenant's rows of a table into the same table of another database, past those that are there, and compares what has arrived with what was there by count and digest.
    /// Both contexts are in a transaction that is bound to the tenant.
    /// </summary>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    Task<long> CopyRowsAsync(ModuleDbContext from, ModuleDbContext to, string table, IReadOnlyList<string> columns, Guid tenantId, CancellationToken cancellationToken);
}

/// <summary>Failures as EF wraps them: a strategy's around a save's around the database's own.</summary>
public static class Failures
{
    /// <summary>The exception of this type in the chain of causes, if there is one.</summary>
    public static T? Find<T>(this Exception? exception)
        where T : Exception => exception as T ?? exception?.InnerException?.Find<T>();

    /// <summary>Whether the database has failed in a way that passes by itself: it does not answer, or too late, or the tenant's rows are on their way to another.</summary>
    internal static bool IsAway(this IDatabase database, Exception exception) =>
        exception.Find<DbException>() is { IsTransient: true } || database.IsTooSlow(exception) || database.IsTenantAbsent(exception);
}
