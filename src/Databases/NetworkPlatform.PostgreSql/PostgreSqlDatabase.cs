using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>PostgreSQL 15 or later.</summary>
public sealed class PostgreSqlDatabase : IDatabase
{
    public string Name => "postgresql";

    public string ClaimOutboxSql => """
        UPDATE platform.outbox_messages SET due_at = {1}, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM platform.outbox_messages
            WHERE dead_at IS NULL AND due_at <= {0} ORDER BY due_at LIMIT {2} FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    public void Configure(DbContextOptionsBuilder options, string connectionString, string schema)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connection.ContainsKey("Max Auto Prepare"))
        {
            connection.MaxAutoPrepare = 200;
        }

        options
            .UseNpgsql(connection.ConnectionString, npgsql => npgsql
                .MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly.FullName)
                .MigrationsHistoryTable("migrations", schema))
            .AddInterceptors(TenantBinding.Instance);
    }

    public bool IsUniqueViolation(DbUpdateException exception, out string key)
    {
        var violation = exception.InnerException as PostgresException;
        key = violation?.ConstraintName ?? "";
        return violation?.SqlState == PostgresErrorCodes.UniqueViolation;
    }

    public bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    public IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection) => RowLevelSecurity.Statements(
        context.GetService<IDesignTimeModel>().Model,
        new NpgsqlConnectionStringBuilder(applicationConnection).Username!,
        new NpgsqlConnectionStringBuilder(relayConnection).Username!);
}
