using Microsoft.Data.SqlClient;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>
/// The server that <c>NETWORKPLATFORM_SQLSERVER</c> connects to. Where its login may, every test class gets a database of its own and the service its three
/// logins; else all share the given database, and the given login. Row-level security needs the logins, and SQL Server itself.
/// </summary>
internal sealed class SqlServerInstance : IDatabaseEngine
{
    private const string Password = "Np-only-for-these-tests-1";

    private readonly string run = Guid.NewGuid().ToString("N")[..8];
    private readonly SemaphoreSlim migrating = new(1, 1);
    private readonly List<string> databases = [];
    private readonly string given = Environment.GetEnvironmentVariable("NETWORKPLATFORM_SQLSERVER")
        ?? throw new InvalidOperationException("NETWORKPLATFORM_SQLSERVER must be the connection string of an empty database that the tests may fill.");

    private bool isWalled;
    private TestDatabase? shared;

    public bool GivesDatabasesOfTheirOwn { get; private set; }

    private IEnumerable<string> Users => ((string[])["owner", "app", "relay"]).Select(User);

    public async ValueTask InitializeAsync()
    {
        isWalled = await CanBeWalled();
        if (isWalled)
        {
            await Execute(given, string.Join("; ", Users.Select(user => $"CREATE LOGIN {user} WITH PASSWORD = '{Password}'")));
        }

        GivesDatabasesOfTheirOwn = await Allowed(given, $"CREATE DATABASE networkplatform_{run}");
        if (GivesDatabasesOfTheirOwn)
        {
            databases.Add($"networkplatform_{run}");
        }
    }

    public async Task<TestDatabase> CreateDatabase()
    {
        await migrating.WaitAsync();
        try
        {
            return GivesDatabasesOfTheirOwn ? await Create($"networkplatform_{run}_{databases.Count}") : shared ??= await Prepare(new SqlConnectionStringBuilder(given).InitialCatalog);
        }
        finally
        {
            migrating.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        SqlConnection.ClearAllPools();
        foreach (var database in databases)
        {
            // A host that a test has killed may not have left yet.
            _ = await Allowed(given, $"ALTER DATABASE {database} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
            await Execute(given, $"DROP DATABASE {database}");
        }

        if (isWalled)
        {
            await Execute(given, string.Join("; ", Users.Select(user => $"DROP LOGIN {user}")));
        }

        migrating.Dispose();
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<TestDatabase> Create(string database)
    {
        // As PostgreSQL compares.
        await Execute(given, $"CREATE DATABASE {database} {(isWalled ? "COLLATE Latin1_General_100_BIN2" : "")}");
        databases.Add(database);
        return await Prepare(database);
    }

    private async Task<TestDatabase> Prepare(string database)
    {
        var administrator = new SqlConnectionStringBuilder(given) { InitialCatalog = database, MaxPoolSize = 10 }.ConnectionString;
        if (isWalled)
        {
            await Execute(administrator, string.Join("; ", Users.Select(user => $"CREATE USER {user} FOR LOGIN {user}")) + $"; ALTER ROLE db_owner ADD MEMBER {User("owner")}");
        }

        // While nobody else is there: the host that migrates is at work already when it asks for this.
        _ = await Allowed(administrator, "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT");
        var settings = Settings(key => As(administrator, key));
        await DatabaseServer.Migrate(settings);
        var nowhere = $"127.0.0.1,{Repository.FreePort()}";
        return new TestDatabase(
            SqlClientFactory.Instance, settings, Settings(key => new SqlConnectionStringBuilder(As(administrator, key)) { DataSource = nowhere, ConnectTimeout = 3 }.ConnectionString), administrator);
    }

    private Dictionary<string, string> Settings(Func<string, string> connection) => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = "sqlserver",
        ["Database:RowLevelSecurity"] = isWalled ? "true" : "false",
        ["Database:ConnectionString"] = connection("app"),
        ["Database:RelayConnectionString"] = connection("relay"),
        ["Database:OwnerConnectionString"] = connection("owner"),
    };

    private string As(string administrator, string role) =>
        isWalled ? new SqlConnectionStringBuilder(administrator) { UserID = User(role), Password = Password, IntegratedSecurity = false }.ConnectionString : administrator;

    private string User(string role) => $"np_{run}_{role}";

    /// <summary>Only SQL Server itself has walls, and only its administrator sees past them.</summary>
    private async Task<bool> CanBeWalled()
    {
        await using var connection = new SqlConnection(given);
        await connection.OpenAsync();
        await using var command = new SqlCommand("SELECT CASE WHEN @@VERSION LIKE 'Microsoft SQL%' AND IS_SRVROLEMEMBER('sysadmin') = 1 THEN 1 ELSE 0 END", connection);
        return (int)(await command.ExecuteScalarAsync())! == 1;
    }

    private static async Task<bool> Allowed(string connectionString, string sql)
    {
        try
        {
            await Execute(connectionString, sql);
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }
}
