using System.Diagnostics;
using System.Globalization;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>What operators do with tenants and databases, as docs/operations.md tells it.</summary>
public sealed class OperationsTests(DatabaseServer server) : IAsyncLifetime
{
    private readonly ApiFixture api = new(server);

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Erasing_a_tenant_leaves_no_row_of_it_and_every_row_of_the_others()
    {
        var network = await api.NewNetwork();
        var (leaving, staying) = (await network.NewMember(), await network.NewMember());
        await TenantWallTests.EverythingOf(leaving);
        await TenantWallTests.EverythingOf(staying);
        foreach (var tenant in (Tenant[])[leaving, staying])
        {
            await tenant.NewVolunteer("both@example.org");
        }

        await api.Database.EventsHaveLeft();
        var before = await RowsOf(staying.Id);
        (await RowsOf(leaving.Id)).Values.Count(rows => rows > 0).ShouldBeGreaterThan(12);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments")).ShouldBe(2);

        await Should.ThrowAsync<InvalidOperationException>(() => Erase(leaving.Slug));
        (await RowsOf(leaving.Id)).Values.Count(rows => rows > 0).ShouldBeGreaterThan(12);
        await network.Admin.Post($"/network/members/{leaving.Id}/suspend").NoContent();
        await Erase(leaving.Slug);

        (await RowsOf(leaving.Id)).ShouldAllBe(table => table.Value == 0);
        var after = await RowsOf(staying.Id);
        foreach (var (table, rows) in before)
        {
            // The other process has looked after the staying tenant's calendar meanwhile, and audited that.
            after[table].ShouldBeGreaterThanOrEqualTo(rows, table);
        }

        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments")).ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.network_volunteers")).ShouldBe(2, "those whom the other tenant knows, too, and nobody else");
        (await api.Database.Scalar<long>("SELECT count(*) FROM tenancy.tenants WHERE id = $1", leaving.Id)).ShouldBe(0);
        await staying.Admin.Get("/tenant").Ok();
    }

    [Fact]
    public async Task An_umbrella_is_not_erased_before_its_members()
    {
        var network = await api.NewNetwork();
        var umbrella = await network.Admin.Post("/network/members", new { slug = "erase-umbrella", name = "x", adminEmail = "a@b.example", isUmbrella = true }).Created();
        var admin = await api.NewClient(network.Admin, $"/network/members/{umbrella.Id()}/clients", new { name = "x", roles = new[] { "network-admin" } });
        await admin.Post("/network/members", new { slug = "erase-leaf", name = "x", adminEmail = "a@b.example" }).Created();
        await network.Admin.Post($"/network/members/{umbrella.Id()}/suspend").NoContent();

        await api.Database.EventsHaveLeft();
        var before = await Rows();
        foreach (var spelling in (string[])["erase-umbrella", "Erase-Umbrella"])
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => Erase(spelling))).Message.ShouldContain("members");
        }

        (await Rows()).ShouldBe(before, "what is refused changes nothing");

        await Erase("erase-leaf");
        await Erase("erase-umbrella");

        Task<string> Rows() => api.Database.Scalar<string>(
            "SELECT concat((SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1), ' ', (SELECT count(*) FROM identity.api_clients WHERE tenant_id = $1))", umbrella.Id());
    }

    [Fact]
    public async Task With_the_top_of_a_network_its_people_go()
    {
        var network = await api.NewNetwork();
        await new Tenant(api, network, network.Slug, network.Id).NewPerson("tenant-admin");
        await api.Database.Execute("UPDATE tenancy.tenants SET suspended_at = now() WHERE id = $1", network.Id);
        (await People()).ShouldBeGreaterThan(0);

        await Erase(network.Slug);

        (await People()).ShouldBe(0);

        Task<long> People() => api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE network_id = $1", network.Id);
    }

    [Fact]
    public async Task A_backup_restored_into_an_empty_cluster_serves_as_before_behind_the_same_walls()
    {
        var tenant = await api.NewTenant();
        var other = await api.NewTenant();
        await other.NewGroup();
        var shift = await tenant.NewShift(Roster.At());
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(shift, volunteer).Created();
        var viewer = await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "coordinator" } }).Created();
        var folder = Path.Combine(Path.GetTempPath(), $"networkplatform-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var dump = Path.Combine(folder, "networkplatform.dump");
            await Run("pg_dump", api.Database.Superuser, "--format=custom", $"--file={dump}");
            await using var empty = new PostgreSqlCluster { Migrates = false };
            await empty.InitializeAsync();
            var restored = await empty.CreateDatabase();
            await Run("pg_restore", restored.Superuser, "--exit-on-error", $"--dbname={new NpgsqlConnectionStringBuilder(restored.Superuser).Database}", dump);

            await using var host = new ApiHost(restored.Settings);
            await Migrator.MigrateAsync(host.Services, _ => { }, CancellationToken.None);
            var http = host.CreateClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiClient.FetchToken(http, viewer.Text("clientId"), viewer.Text("clientSecret")));
            var client = new ApiClient(http);

            (await client.All("/groups")).ShouldHaveSingleItem().Id().ShouldBe(shift.GroupId);
            (await client.All($"/volunteers/{volunteer}/signups")).ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");
            await client.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer }).Problem(409, "already-signed-up");
            await using var application = new NpgsqlConnection(restored.Settings["Database:ConnectionString"]);
            await application.OpenAsync();
            await using var unbound = new NpgsqlCommand("SELECT count(*) FROM registry.groups", application);
            (await unbound.ExecuteScalarAsync()).ShouldBe(0L);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Migrating_again_beside_a_backup_changes_nothing_waits_for_nothing_and_puts_up_again_whatever_wall_was_taken_down()
    {
        DatabaseServer.OnPostgreSqlOnly("its walls are looked up in its catalogue.");
        var before = await Walls();
        await using (var backup = await Backup())
        {
            await Migrate(_ => { }).WaitAsync(TimeSpan.FromSeconds(60));
        }

        (await Walls()).ShouldBe(before);
        await api.Database.Execute(
            """
            DROP POLICY own_rows ON registry.groups;
            ALTER POLICY own_rows ON rostering.sign_ups USING (true);
            ALTER POLICY own_rows ON platform.outbox_messages TO PUBLIC;
            ALTER TABLE funding.funds NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE insights.session_facts DISABLE ROW LEVEL SECURITY;
            """);
        (await Walls()).ShouldNotBe(before, StringComparer.Ordinal);

        // What must change waits for the backup, though nobody waits behind it for long.
        var told = new TaskCompletionSource();
        Task again;
        await using (var backup = await Backup())
        {
            again = Migrate(line => _ = line.Contains("trying again", StringComparison.Ordinal) && told.TrySetResult());
            await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await (await api.NewTenant()).NewGroup();
        }

        await again;
        (await Walls()).ShouldBe(before);

        // As pg_dump holds all tables while it runs.
        async Task<System.Data.Common.DbConnection> Backup()
        {
            var connection = await api.Database.Open(api.Database.Superuser);
            await TestDatabase.Execute(connection, "BEGIN");
            await TestDatabase.Execute(connection, """
                DO $$ DECLARE t text; BEGIN
                FOR t IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LOOP
                    EXECUTE 'LOCK TABLE ' || t || ' IN ACCESS SHARE MODE';
                END LOOP; END $$
                """);
            return connection;
        }

        async Task Migrate(Action<string> report)
        {
            await using var host = new ApiHost(api.Database.Settings);
            await Migrator.MigrateAsync(host.Services, report, CancellationToken.None);
        }

        Task<string> Walls() => api.Database.Scalar<string>("""
            SELECT (SELECT string_agg(p::text, E'\n' ORDER BY p::text) FROM pg_policies p)
                || (SELECT string_agg(concat_ws(' ', oid::regclass, relrowsecurity, relforcerowsecurity), E'\n' ORDER BY oid::regclass::text) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^pg_')
            """);
    }

    private async Task Erase(string slug)
    {
        // Another process than the one that serves, with no memory of the tenant.
        await using var host = new ApiHost(api.Database.Settings);
        await TenantErasure.EraseAsync(host.Services, slug, _ => { }, CancellationToken.None);
    }

    /// <summary>How many rows of the tenant each table has.</summary>
    private async Task<Dictionary<string, long>> RowsOf(Guid tenant)
    {
        var tables = await api.Database.Scalar<string[]>("""
            SELECT array_agg(DISTINCT table_schema || '.' || table_name ORDER BY table_schema || '.' || table_name) FROM information_schema.columns
            WHERE column_name = 'tenant_id' AND table_schema NOT IN ('pg_catalog', 'information_schema')
            """);
        Dictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            rows[table] = await api.Database.Scalar<long>($"SELECT count(*) FROM {table} WHERE tenant_id = $1", tenant);
        }

        return rows;
    }

    internal static async Task Run(string program, string connection, params string[] arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGDATABASE"]) = (to.Host, to.Port.ToString(CultureInfo.InvariantCulture), to.Database);
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (to.Username, to.Password);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
    }
}
