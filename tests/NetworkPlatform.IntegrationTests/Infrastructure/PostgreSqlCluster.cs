using System.Text.RegularExpressions;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A PostgreSQL cluster for this test run, with one migrated database from which every test class gets its own copy.</summary>
internal sealed class PostgreSqlCluster : IDatabaseEngine
{
    private const string Template = "networkplatform";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"networkplatform-tests-{Guid.NewGuid():N}");
    private readonly Dictionary<string, string> connections = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim copying = new(1, 1);
    private int copies;

    /// <summary>Whether its databases come with the service's schema.</summary>
    public bool Migrates { get; init; } = true;

    public bool GivesDatabasesOfTheirOwn => true;

    private string Data => Path.Combine(folder, "postgres");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);

        // The tests kill hosts, never this server, so it need not write through to the disk. Its log names the database, for TestDatabase.Deadlocks.
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["NP_PG_OPTIONS"] = "-c log_line_prefix=%d: -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=2000" };
        await Repository.Script("postgres.sh", options, "start", Data, Repository.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (Match line in Regex.Matches(await File.ReadAllTextAsync(Data + ".env"), "^(?<key>\\w+)='(?<value>.*)'$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        {
            connections[line.Groups["key"].Value] = line.Groups["value"].Value;
        }

        if (Migrates)
        {
            await DatabaseServer.Migrate(ConnectionsTo(Template));
        }

        // A template is copied only while nobody is in it, so from here on nobody may be.
        NpgsqlConnection.ClearAllPools();
        await AsSuperuser($"ALTER DATABASE {Template} ALLOW_CONNECTIONS false");
        await AsSuperuser($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Template}'");
    }

    /// <summary>A fresh migrated database; its connection settings by the names that the host reads.</summary>
    public async Task<TestDatabase> CreateDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref copies)}";
        await copying.WaitAsync();
        try
        {
            await AsSuperuser($"CREATE DATABASE {name} TEMPLATE {Template} OWNER networkplatform_owner");
        }
        finally
        {
            copying.Release();
        }

        var settings = ConnectionsTo(name);
        var nowhere = Repository.FreePort();
        return new TestDatabase(
            NpgsqlFactory.Instance,
            settings,
            settings.ToDictionary(s => s.Key, s => new NpgsqlConnectionStringBuilder(s.Value) { Port = nowhere }.ConnectionString, StringComparer.Ordinal),
            new NpgsqlConnectionStringBuilder(connections["NP_PG_SUPERUSER_CONNECTION"]) { Database = name }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Repository.Script("postgres.sh", new Dictionary<string, string>(StringComparer.Ordinal), "remove", Data);
        Directory.Delete(folder, recursive: true);
        copying.Dispose();
    }

    private async Task AsSuperuser(string sql)
    {
        await using var connection = new NpgsqlConnection(connections["NP_PG_SUPERUSER_CONNECTION"]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Dictionary<string, string> ConnectionsTo(string database) => new[] { "ConnectionString", "RelayConnectionString", "OwnerConnectionString" }
        .ToDictionary(
            key => $"Database:{key}",
            key => new NpgsqlConnectionStringBuilder(connections[$"Database__{key}"]) { Database = database, MaxPoolSize = 10, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString,
            StringComparer.Ordinal);
}
