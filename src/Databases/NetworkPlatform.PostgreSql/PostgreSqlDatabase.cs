using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>PostgreSQL 15 or later.</summary>
public sealed class PostgreSqlDatabase : IDatabase
{
    private const int MaxConnectionsOfOneModule = 30;
    private const int MaxPreparedStatements = 200;
    private const int SecondsForTheServersAnswer = 2;

    public string Name => "postgresql";

    public bool WallsOffTenants => true;

    public bool CommitsWithSave => true;

    public Func<ModuleDbContext, IReadOnlyList<SharedSeat>, Task> ReadTogether => SharedReads.Read;

    /// <summary>
    /// By arrays, since a subquery in <c>IN</c> may be run again for every row, and then claims far more than its limit. The tenants are found by leaps through the index, from where
    /// the last claim ended, and none shows more than twice its even part, so neither a long backlog nor many of them cost much. Being due is asked again where rows are locked: another
    /// node may just have claimed them.
    /// </summary>
    public string ClaimOutboxSql => """
        UPDATE platform.outbox_messages SET due_at = {1}, attempts = attempts + 1
        WHERE id = ANY (ARRAY(
            SELECT id FROM platform.outbox_messages
            WHERE dead_at IS NULL AND due_at <= {0} AND id = ANY (ARRAY(
                WITH RECURSIVE beyond AS (
                    (SELECT tenant_id FROM platform.outbox_messages WHERE dead_at IS NULL AND due_at <= {0} AND tenant_id > {3} ORDER BY tenant_id LIMIT 1)
                    UNION ALL
                    SELECT next.tenant_id FROM beyond, LATERAL (
                        SELECT tenant_id FROM platform.outbox_messages
                        WHERE dead_at IS NULL AND due_at <= {0} AND tenant_id > beyond.tenant_id ORDER BY tenant_id LIMIT 1) next),
                up_to AS (
                    (SELECT tenant_id FROM platform.outbox_messages WHERE dead_at IS NULL AND due_at <= {0} AND tenant_id <= {3} ORDER BY tenant_id LIMIT 1)
                    UNION ALL
                    SELECT next.tenant_id FROM up_to, LATERAL (
                        SELECT tenant_id FROM platform.outbox_messages
                        WHERE dead_at IS NULL AND due_at <= {0} AND tenant_id > up_to.tenant_id AND tenant_id <= {3} ORDER BY tenant_id LIMIT 1) next),
                waiting AS (SELECT tenant_id FROM (SELECT tenant_id FROM beyond UNION ALL SELECT tenant_id FROM up_to) around LIMIT {2})
                SELECT oldest.id FROM waiting, LATERAL (
                    SELECT id, due_at, row_number() OVER (ORDER BY due_at) AS turn FROM platform.outbox_messages
                    WHERE dead_at IS NULL AND due_at <= {0} AND tenant_id = waiting.tenant_id
                    ORDER BY due_at LIMIT (SELECT 2 * {2} / count(*) + 1 FROM waiting)) oldest
                ORDER BY oldest.turn, oldest.due_at LIMIT {2}))
            FOR UPDATE SKIP LOCKED))
        RETURNING *
        """;

    public string Pooled(string connectionString, string name)
    {
        // A pool for each module (the name tells them apart): a command that asks another module a question holds a connection of its own module's pool
        // while it waits for one of the other's, and since questions go one way only, nobody waits in a circle.
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = $"networkplatform {name}" };
        if (connection.MaxPoolSize == new NpgsqlConnectionStringBuilder().MaxPoolSize)
        {
            connection.MaxPoolSize = MaxConnectionsOfOneModule;
        }

        // Nothing of a session outlives its transaction here (see TenantBinding), so a connection need not be wiped between two uses.
        connection.NoResetOnClose = true;
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = MaxPreparedStatements;
        }

        return connection.ConnectionString;
    }

    public void Configure(DbContextOptionsBuilder options, string connectionString, string schema) =>
        options
            .UseNpgsql(Pooled(connectionString, schema), npgsql => npgsql
                .MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly.FullName)
                .MigrationsHistoryTable("migrations", schema))
            .EnableThreadSafetyChecks(false)
            .AddInterceptors(SharedReads.Instance, TenantBinding.Instance, CommitWithSave.Instance);

    /// <summary>The server ends the statement; the driver only gives up where no answer comes at all.</summary>
    public string LimitStatements(string connectionString, TimeSpan atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, TimeSpan.FromSeconds(1)); // to PostgreSQL, nothing is for ever
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = (int)atMost.TotalSeconds + SecondsForTheServersAnswer };
        connection.Options = $"{connection.Options} -c statement_timeout={atMost.TotalMilliseconds:F0}".Trim();
        return connection.ConnectionString;
    }

    public string LimitLockWaits(string connectionString, TimeSpan atMost)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Options = $"{connection.Options} -c lock_timeout={atMost.TotalMilliseconds:F0}".Trim();
        return connection.ConnectionString;
    }

    public bool IsTooSlow(Exception exception) => exception.Find<NpgsqlException>() is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or { InnerException: TimeoutException };

    public bool IsTenantAbsent(Exception exception) => exception.Find<PostgresException>() is { SqlState: PostgresErrorCodes.ObjectInUse, MessageText: Refusal.TenantIsAbsent };

    public bool IsUniqueViolation(Exception exception, ModuleDbContext context, out string key)
    {
        var violation = exception.Find<PostgresException>();
        key = violation?.ConstraintName ?? "";
        return violation?.SqlState == PostgresErrorCodes.UniqueViolation;
    }

    public bool IsChangedMeanwhile(Exception exception) =>
        exception is DbUpdateConcurrencyException || exception.Find<PostgresException>() is { MessageText: Refusal.ChangedMeanwhile };

    public bool IsTransient(Exception exception) =>
        exception.Find<PostgresException>()?.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;

    public Task PrepareAsync(ModuleDbContext context, Action<string> report, CancellationToken cancellationToken) => Task.CompletedTask;

    public IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection) => RowLevelSecurity.Statements(
        context.GetService<IDesignTimeModel>().Model,
        new NpgsqlConnectionStringBuilder(applicationConnection).Username!,
        new NpgsqlConnectionStringBuilder(relayConnection).Username!);

    public Task<long> CopyRowsAsync(ModuleDbContext from, ModuleDbContext to, string table, IReadOnlyList<string> columns, Guid tenantId, CancellationToken cancellationToken) =>
        new RowCopy(from, to, table, columns, tenantId).RunAsync(cancellationToken);
}
