using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>
/// Where this run's databases come from: <c>NETWORKPLATFORM_DATABASE</c> is <c>postgresql</c>, started here, or <c>sqlserver</c>, the server with an empty
/// database that <c>NETWORKPLATFORM_SQLSERVER</c> connects to.
/// </summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    private readonly IDatabaseEngine engine = IsSqlServer ? new SqlServerInstance() : new PostgreSqlCluster();

    public static bool IsSqlServer { get; } = Environment.GetEnvironmentVariable("NETWORKPLATFORM_DATABASE") switch
    {
        null or "" or "postgresql" => false,
        "sqlserver" => true,
        var other => throw new InvalidOperationException($"NETWORKPLATFORM_DATABASE is '{other}'; it must be postgresql or sqlserver."),
    };

    /// <summary>False where every test class works in the one database that was given.</summary>
    public bool GivesDatabasesOfTheirOwn => engine.GivesDatabasesOfTheirOwn;

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>A migrated database.</summary>
    public Task<TestDatabase> CreateDatabase() => engine.CreateDatabase();

    internal static void OnPostgreSqlOnly(string reason) => Assert.SkipWhen(IsSqlServer, $"PostgreSQL only: {reason}");

    internal static async Task Migrate(IReadOnlyDictionary<string, string> settings)
    {
        await using var host = new ApiHost(settings);
        await Migrator.MigrateAsync(host.Services, _ => { }, CancellationToken.None);
    }
}

/// <summary>One engine's way to databases for tests.</summary>
internal interface IDatabaseEngine : IAsyncLifetime
{
    bool GivesDatabasesOfTheirOwn { get; }

    Task<TestDatabase> CreateDatabase();
}

/// <summary>One test class's database.</summary>
/// <param name="Settings">The host's settings.</param>
/// <param name="Unreachable">The same, of a server that does not answer.</param>
/// <param name="Superuser">For looking behind the walls.</param>
public sealed record TestDatabase(DbProviderFactory Client, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Unreachable, string Superuser)
{
    /// <summary>One value, seen past row-level security. Parameters are $1, $2 and so on.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] parameters)
    {
        await using var connection = await Open(Superuser);
        await using var command = Command(connection, sql, parameters);
        var value = (await command.ExecuteScalarAsync())!;
        return value is T exact ? exact : (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);
    }

    public async Task Execute(string sql, params object[] parameters)
    {
        await using var connection = await Open(Superuser);
        await Execute(connection, sql, parameters);
    }

    public static async Task Execute(DbConnection connection, string sql, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until every event that is due has left; some, such as reminders, are due in days.</summary>
    public Task EventsHaveLeft() => Eventually.Get(
        () => Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE due_at < $1", DateTimeOffset.UtcNow.AddMinutes(1)), left => left == 0);

    /// <param name="kind">As <c>pg_stat_activity.wait_event</c> has it; every kind where not given.</param>
    public Task<long> WaitingForLock(string kind = "%") =>
        Scalar<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event LIKE $1", kind);

    /// <summary>
    /// What this database's part of the server's log says of deadlocks. The pipeline tries again after one, so that no answer tells; and <c>pg_stat_database</c> counts them some
    /// seconds late, while the log has them before their victim does.
    /// </summary>
    public async Task<string> Deadlocks() => DatabaseServer.IsSqlServer ? "" : await Scalar<string>(
        """
        SELECT coalesce(string_agg(found[1], E'\n'), '') FROM regexp_matches(
          encode(pg_read_binary_file(current_setting('data_directory') || '/server.log'), 'escape'), '^' || current_database() || ':(ERROR:  deadlock.*)$', 'gn') AS found
        """);

    public async Task<DbConnection> Open(string connectionString)
    {
        var connection = Client.CreateConnection()!;
        connection.ConnectionString = connectionString;
        await connection.OpenAsync();
        return connection;
    }

    public static DbCommand Command(DbConnection connection, string sql, params object[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = DatabaseServer.IsSqlServer ? Regex.Replace(sql, @"\$(?<number>\d+)", "@p${number}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) : sql;
        foreach (var (index, value) in parameters.Index())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = DatabaseServer.IsSqlServer ? $"@p{index + 1}" : "";
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
