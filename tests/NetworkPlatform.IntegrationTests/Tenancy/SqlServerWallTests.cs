using System.Data.Common;
using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>The walls of SQL Server, as <see cref="TenantWallTests"/> tries those of PostgreSQL.</summary>
public sealed class SqlServerWallTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int PermissionDenied = 229;
    private const int ColumnDenied = 230;
    private const int ReadOnlyKey = 15664;
    private const int Blocked = 33504;

    [Fact]
    public async Task Raw_sql_under_the_applications_login_sees_the_bound_tenant_only_on_fresh_and_reused_connections()
    {
        OnWalledSqlServerOnly();
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        await one.NewGroup();
        await two.NewGroup();
        var onlyOne = new SqlConnectionStringBuilder(api.Database.Settings["Database:ConnectionString"]) { MaxPoolSize = 1 }.ConnectionString;

        for (var round = 0; round < 3; round++)
        {
            foreach (var tenant in (Tenant[])[one, two])
            {
                await using var connection = await api.Database.Open(onlyOne);
                (await Count(connection, "SELECT count(*) FROM registry.groups")).ShouldBe(0, "not bound yet");
                await Bind(connection, tenant.Id);
                (await Count(connection, "SELECT count(*) FROM registry.groups")).ShouldBe(1);
                (await Count(connection, "SELECT count(*) FROM registry.groups WHERE tenant_id <> $1", tenant.Id)).ShouldBe(0);
                (await Should.ThrowAsync<SqlException>(() => Bind(connection, two.Id))).Number.ShouldBe(ReadOnlyKey);
            }
        }
    }

    [Fact]
    public async Task The_applications_login_can_neither_write_for_another_tenant_nor_look_at_the_outbox_nor_rewrite_history()
    {
        OnWalledSqlServerOnly();
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        var chapter = await one.NewChapter();

        await Refused(one.Id, ColumnDenied, $"UPDATE tenancy.chapters SET tenant_id = '{two.Id}' WHERE id = '{chapter}'");
        await Refused(one.Id, Blocked, $"INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES (newid(), '{two.Id}', 'x', 'x', sysutcdatetime(), sysutcdatetime(), 0)");
        await Refused(one.Id, PermissionDenied, "SELECT * FROM platform.outbox_messages");
        await Refused(one.Id, PermissionDenied, "DELETE FROM platform.audit_entries");
        await Refused(one.Id, PermissionDenied, "UPDATE funding.ledger_entries SET amount = 0");
        await Refused(one.Id, error: null, "DROP SECURITY POLICY walls.tenancy");
    }

    [Fact]
    public async Task Every_table_with_a_tenant_is_walled_off_and_every_other_is_known()
    {
        OnWalledSqlServerOnly();

        var open = await api.Database.Scalar<string>("""
            SELECT string_agg(s.name + '.' + t.name, ' ') WITHIN GROUP (ORDER BY s.name, t.name)
            FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
            WHERE t.name <> 'migrations' AND NOT EXISTS (
                SELECT 1 FROM sys.security_predicates p JOIN sys.security_policies q ON q.object_id = p.object_id
                WHERE p.target_object_id = t.object_id AND p.predicate_type = 0 AND q.is_enabled = 1)
            """);

        open.ShouldBe("identity.signing_keys platform.absent_tenants tenancy.tenant_changes tenancy.tenants");
    }

    [Fact]
    public async Task A_host_starts_without_its_server_and_says_that_it_is_not_ready()
    {
        const string Nowhere = "Server=127.0.0.1,1;User Id=nobody;Password=none;Connect Timeout=1";
        await using var host = new ApiHost(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "sqlserver",
            ["Database:RowLevelSecurity"] = "false",
            ["Database:ConnectionString"] = Nowhere,
            ["Database:RelayConnectionString"] = Nowhere,
        });
        var client = new ApiClient(host.CreateClient());

        (await client.Get("//health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await client.Get("//health/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", "anybody"))).ShouldBeProblem(503, "tenant-lookup-failed");
        var database = host.Services.GetRequiredService<IDatabase>();
        (database.Name, database.WallsOffTenants).ShouldBe(("sqlserver", false));
    }

    private static async Task<int> Count(DbConnection connection, string sql, params object[] parameters)
    {
        await using var command = TestDatabase.Command(connection, sql, parameters);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static Task Bind(DbConnection connection, Guid tenant) =>
        TestDatabase.Execute(connection, "EXEC sp_set_session_context N'tenant_id', $1, @read_only = 1", tenant);

    private async Task Refused(Guid tenant, int? error, string sql)
    {
        await using var connection = await api.Database.Open(api.Database.Settings["Database:ConnectionString"]);
        await Bind(connection, tenant);
        await using var command = TestDatabase.Command(connection, sql);
        var refusal = await Should.ThrowAsync<SqlException>(() => command.ExecuteNonQueryAsync(), sql);
        refusal.Number.ShouldBe(error ?? refusal.Number, sql);
    }

    private void OnWalledSqlServerOnly() => Assert.SkipUnless(
        api.Database.Settings.GetValueOrDefault("Database:RowLevelSecurity") == "true", "SQL Server itself only, under a login that may create others.");
}
