using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.SqlServer;

/// <summary>SQL Server 2019 or later. Its row-level security is not written yet, so migrating refuses rather than leave tenants without their wall.</summary>
public sealed class SqlServerDatabase : IDatabase
{
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int Deadlock = 1205;

    public string Name => "sqlserver";

    public string ClaimOutboxSql => """
        WITH due AS (
            SELECT TOP ({2}) * FROM platform.outbox_messages WITH (UPDLOCK, READPAST, ROWLOCK)
            WHERE dead_at IS NULL AND due_at <= {0} ORDER BY due_at)
        UPDATE due SET due_at = {1}, attempts = attempts + 1 OUTPUT inserted.*
        """;

    public void Configure(DbContextOptionsBuilder options, string connectionString, string schema) => options
        .UseSqlServer(connectionString, server => server
            .MigrationsAssembly(typeof(SqlServerDatabase).Assembly.FullName)
            .MigrationsHistoryTable("migrations", schema));

    public bool IsUniqueViolation(Exception exception, out string key)
    {
        var violation = exception as SqlException ?? exception.InnerException as SqlException;
        key = violation?.Message.Split('\'', '"').FirstOrDefault(part => part.StartsWith("ux_", StringComparison.Ordinal)) ?? "";
        return violation?.Number is UniqueIndex or UniqueConstraint;
    }

    public bool IsTransient(Exception exception) => (exception as SqlException ?? exception.InnerException as SqlException)?.Number == Deadlock;

    public IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection) =>
        throw new NotSupportedException("Row-level security on SQL Server is not written yet; run on PostgreSQL.");
}
