using System.Diagnostics;
using System.Net;
using NetworkPlatform.Api;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>An empty database beside a fixture's own, to which tenants are moved as an operator would, by another process than the one that serves.</summary>
internal sealed class OwnDatabase
{
    private static int number;

    private readonly ApiFixture api;

    private OwnDatabase(ApiFixture api, string name)
    {
        this.api = api;
        Name = name;
        Settings = new(api.Settings.Where(s => s.Key.EndsWith("ConnectionString", StringComparison.Ordinal) && s.Key.StartsWith("Database:", StringComparison.Ordinal))
            .Select(s => KeyValuePair.Create($"Databases:{name}:{s.Key["Database:".Length..]}", To(s.Value))), StringComparer.Ordinal);
        Database = api.Database with { Superuser = To(api.Database.Superuser) };

        string To(string connection) => new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString;
    }

    internal string Name { get; }

    internal Dictionary<string, string> Settings { get; }

    internal TestDatabase Database { get; }

    internal static async Task<OwnDatabase> Create(ApiFixture api)
    {
        DatabaseServer.OnPostgreSqlOnly("databases are made by its own statement, and killed connections and digests are its own, too.");
        var name = $"own_{Interlocked.Increment(ref number)}";
        await api.Database.Execute($"CREATE DATABASE {name} OWNER networkplatform_owner");
        return new OwnDatabase(api, name);
    }

    internal Task MoveHere(Tenant tenant) => MoveAndWait(tenant, Name);

    internal Task MoveAway(Tenant tenant) => MoveAndWait(tenant, "main");

    /// <summary>Until the serving host has heard of it, too.</summary>
    private async Task MoveAndWait(Tenant tenant, string to)
    {
        await Move(tenant, to);
        await Served(tenant);
    }

    internal static Task<HttpStatusCode> Served(Tenant tenant) => Eventually.Get(async () => (await tenant.Admin.Get("/groups")).Status, status => status == HttpStatusCode.OK);

    internal async Task Move(Tenant tenant, string to, Action<string>? report = null, Func<Task>? everyNodeKnows = null)
    {
        await using var host = new ApiHost(api.Settings.Concat(Settings).ToDictionary(StringComparer.Ordinal), api.Host.Clock);
        await TenantVerbs.MoveAsync(host.Services, tenant.Slug, to, report ?? (_ => { }), CancellationToken.None, everyNodeKnows ?? (() => Task.CompletedTask));
    }

    /// <summary>The verb itself, as a process that is killed with SIGKILL when it has printed so many lines; returns whether it came that far.</summary>
    internal async Task<bool> MoveUntil(Tenant tenant, string to, int lines)
    {
        var start = new ProcessStartInfo("dotnet", ["NetworkPlatform.Api.dll", "move", "--tenant", tenant.Slug, "--to", to])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in api.Settings.Concat(Settings))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["Identity__Issuer"] = ApiHost.Issuer;
        start.Environment["Identity__KeyEncryptionKey"] = ApiHost.KeyEncryptionKey;
        start.Environment["Logging__LogLevel__Default"] = "None";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        for (var line = 0; line < lines; line++)
        {
            if (await process.StandardOutput.ReadLineAsync() is null)
            {
                await process.WaitForExitAsync();
                process.ExitCode.ShouldBe(0, await errors);
                return false;
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
        return true;
    }

    /// <summary>Count and digest of the tenant's rows, table by table, and of what it has in shared ones; those of modules that stay in the main database left out.</summary>
    internal static async Task<Dictionary<string, string>> Rows(TestDatabase database, Guid tenant)
    {
        var tables = await database.Scalar<string[]>("""
            SELECT coalesce(array_agg(table_schema || '.' || table_name ORDER BY table_schema, table_name), '{}') FROM information_schema.columns
            WHERE column_name = 'tenant_id' AND table_schema IN ('registry', 'rostering', 'funding', 'insights')
            """);
        Dictionary<string, string> rows = new(StringComparer.Ordinal);
        if (!await database.Scalar<bool>("SELECT to_regclass('insights.session_facts') IS NOT NULL"))
        {
            return rows; // the schemas are still being made
        }

        foreach (var table in tables)
        {
            rows[table] = await database.Scalar<string>($"SELECT count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, ',' ORDER BY id)), '') FROM {table} t WHERE tenant_id = $1", tenant);
        }

        rows["rostering.commitments"] = await database.Scalar<string>("""
            SELECT count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(c)::text || p.email_key, ',' ORDER BY c.id)), '')
            FROM rostering.commitments c JOIN rostering.network_volunteers p ON p.id = c.person_id JOIN rostering.sign_ups s ON s.id = c.id WHERE s.tenant_id = $1
            """, tenant);
        return rows;
    }
}
