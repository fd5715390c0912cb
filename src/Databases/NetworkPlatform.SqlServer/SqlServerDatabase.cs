using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.SqlServer;

/// <summary>SQL Server 2019 or later.</summary>
/// <param name="rowLevelSecurity">False for engines that speak its protocol without having security policies.</param>
public sealed class SqlServerDatabase(bool rowLevelSecurity = true) : IDatabase
{
    private const int MaxConnectionsOfOneModule = 30;
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int TimedOut = -2;
    private const int Deadlock = 1205;
    private const int SnapshotConflict = 3960;
    private const int ChangedUnderSnapshot = 3961;

    private readonly TenantBinding binding = new(rowLevelSecurity);

    public string Name => "sqlserver";

    public bool WallsOffTenants => rowLevelSecurity;

    public bool CommitsWithSave => false;

    public Func<ModuleDbContext, IReadOnlyList<SharedSeat>, Task>? ReadTogether => null;

    /// <summary>Without a subquery, whose TOP could be run again for every row and then claim more than its limit; so tenants do not take turns here yet.</summary>
    public string ClaimOutboxSql => """
        UPDATE TOP ({2}) platform.outbox_messages WITH (UPDLOCK, READPAST, ROWLOCK)
        SET due_at = {1}, attempts = attempts + 1 OUTPUT inserted.*
        WHERE dead_at IS NULL AND due_at <= {0}
        """;

    public string Pooled(string connectionString, string name)
    {
        // A pool for each module, as on PostgreSQL: the name tells them apart. Read-only keys of the session's context need MARS off.
        var connection = new SqlConnectionStringBuilder(connectionString) { ApplicationName = $"networkplatform {name}", MultipleActiveResultSets = false };
        if (!connection.ShouldSerialize("Max Pool Size"))
        {
            connection.MaxPoolSize = MaxConnectionsOfOneModule;
        }

        return connection.ConnectionString;
    }

    /// <summary>Without a strategy that retries: it would run half of a transaction again. The pipeline runs the whole of it again.</summary>
    public void Configure(DbContextOptionsBuilder options, string connectionString, string schema) =>
        options
            .UseSqlServer(Pooled(connectionString, schema), server => server
                .MigrationsAssembly(typeof(SqlServerDatabase).Assembly.FullName)
                .MigrationsHistoryTable("migrations", schema))
            .EnableThreadSafetyChecks(false)
            .AddInterceptors(binding);

    /// <summary>The key by its name in the model: the message's language is the server's, and engines beside SQL Server add to the name.</summary>
    public bool IsUniqueViolation(Exception exception, ModuleDbContext context, out string key)
    {
        var violation = exception.Find<SqlException>();
        key = violation is not { Number: UniqueIndex or UniqueConstraint } ? "" : context.Model.GetEntityTypes()
            .SelectMany(e => e.GetIndexes()).Where(i => i.IsUnique).Select(i => i.GetDatabaseName()!)
            .Where(name => violation.Message.Contains(name, StringComparison.Ordinal))
            .OrderBy(name => violation.Message.IndexOf(name, StringComparison.Ordinal)).ThenByDescending(name => name.Length)
            .FirstOrDefault("");
        return violation is { Number: UniqueIndex or UniqueConstraint };
    }

    public bool IsChangedMeanwhile(Exception exception) => exception is DbUpdateConcurrencyException;

    public bool IsTenantAbsent(Exception exception) => exception.Find<SqlException>()?.Number == TenantBinding.TenantIsAbsent;

    public string LimitStatements(string connectionString, TimeSpan atMost) =>
        new SqlConnectionStringBuilder(connectionString) { CommandTimeout = (int)Math.Max(1, atMost.TotalSeconds) }.ConnectionString;

    public string LimitLockWaits(string connectionString, TimeSpan atMost) => connectionString;

    public bool IsTooSlow(Exception exception) => exception.Find<SqlException>()?.Number == TimedOut;

    public bool IsTransient(Exception exception) => exception.Find<SqlException>()?.Number is Deadlock or SnapshotConflict or ChangedUnderSnapshot;

    /// <summary>Readers do not wait for writers, as on PostgreSQL. Refused while anybody else is connected, and by engines that have it no other way.</summary>
    public async Task PrepareAsync(ModuleDbContext context, Action<string> report, CancellationToken cancellationToken)
    {
        try
        {
            await context.Database.ExecuteSqlRawAsync(
                """
                IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
                EXEC (N'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT')
                """,
                cancellationToken);
        }
        catch (SqlException exception)
        {
            report($"READ_COMMITTED_SNAPSHOT could not be set, so readers wait for writers: {exception.Message}");
        }
    }

    public IEnumerable<string> IsolationSql(ModuleDbContext context, string applicationConnection, string relayConnection)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var owner = UserOf(context.Database.GetConnectionString()!);
        var (application, relay) = (UserOf(applicationConnection), UserOf(relayConnection));
        if (rowLevelSecurity && (IsSame(relay, application) || IsSame(relay, owner)))
        {
            throw new InvalidOperationException("Row-level security knows the relay by its user: Database:RelayConnectionString must name one that neither the application nor the owner uses.");
        }

        // An owner needs no grants, and cannot be granted any.
        return
        [
            .. rowLevelSecurity ? RowLevelSecurity.Statements(model, relay) : [],
            .. IsSame(application, owner) ? [] : RowLevelSecurity.ApplicationRights(model, application, walled: rowLevelSecurity),
            .. IsSame(relay, owner) || IsSame(relay, application) ? [] : RowLevelSecurity.RelayRights(model, relay),
        ];
    }

    public Task<long> CopyRowsAsync(ModuleDbContext from, ModuleDbContext to, string table, IReadOnlyList<string> columns, Guid tenantId, CancellationToken cancellationToken) =>
        new RowCopy(from, to, table, columns, tenantId).RunAsync(cancellationToken);

    private static string UserOf(string connectionString) => new SqlConnectionStringBuilder(connectionString).UserID;

    private static bool IsSame(string user, string other) => string.Equals(user, other, StringComparison.OrdinalIgnoreCase);
}
