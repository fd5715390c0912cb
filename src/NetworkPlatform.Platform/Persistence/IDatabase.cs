using Microsoft.EntityFrameworkCore;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>All that differs between database engines.</summary>
public interface IDatabase
{
    /// <summary>The setting <c>Database:Provider</c> that picks it.</summary>
    string Name { get; }

    /// <summary>Sets the provider, its migrations for the module, the binding of each transaction to its tenant, and what travels with it.</summary>
    void Configure(DbContextOptionsBuilder options, string connectionString, string schema);

    /// <summary>Whether the failure is a unique key that was already taken, and its name.</summary>
    bool IsUniqueViolation(Exception exception, out string key);

    /// <summary>Whether the same transaction may succeed when it is simply run again (deadlock, serialisation failure).</summary>
    bool IsTransient(Exception exception);

    /// <summary>The connection string with a limit on how long any one statement may run, to be kept by the server.</summary>
    string LimitStatements(string connectionString, TimeSpan atMost) => connectionString;

    /// <summary>Whether the failure is a statement that ran for longer than it may.</summary>
    bool IsTooSlow(Exception exception) => false;

    /// <summary>
    /// Claims due outbox rows past those that another node holds: parameters are now {0}, lease end {1}, and how many {2}; returns the rows. Tenants take turns, each with its oldest
    /// row first, so that a backlog of one holds up no other.
    /// </summary>
    string ClaimOutboxSql { get; }

    /// <summary>
    /// Statements, safe to run again, that wall off the context's tables by tenant and grant the users of the two given connections what they need.
    /// </summary>
    IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection);
}
