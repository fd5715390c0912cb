using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>How a tenant lives in a database of its own, beside others in the main one.</summary>
public sealed class OwnDatabaseTests(DatabaseServer server) : IAsyncLifetime
{
    private readonly ApiFixture api = new(server);

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Requests_of_both_at_once_never_meet()
    {
        var (own, here, there) = await OneHereOneThere();
        var (chapterHere, chapterThere) = (await here.NewChapter(), await there.NewChapter());

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (i, _) =>
        {
            var (tenant, chapter) = i % 2 == 0 ? (here, chapterHere) : (there, chapterThere);
            await tenant.NewGroup(chapter);
            (await tenant.Admin.Get("/groups?limit=100").Ok()).GetProperty("items").EnumerateArray().ShouldAllBe(g => g.GetProperty("chapterId").GetGuid() == chapter);
        });

        foreach (var (database, tenant) in ((TestDatabase, Tenant)[])[(api.Database, here), (own.Database, there)])
        {
            (await database.Scalar<long>("SELECT count(*) FROM registry.groups")).ShouldBe(150);
            (await database.Scalar<long>("SELECT count(*) FROM registry.groups WHERE tenant_id = $1", tenant.Id)).ShouldBe(150);
            (await database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND action = 'create-group'", tenant.Id)).ShouldBe(150);
        }

        (await there.Admin.All("/groups")).Count.ShouldBe(150);
    }

    [Fact]
    public async Task Sign_ups_money_imports_events_and_retried_requests_work_there()
    {
        var (own, _, tenant) = await OneHereOneThere();
        var ids = await TenantWallTests.EverythingOf(tenant);
        await own.Database.EventsHaveLeft();
        await tenant.Admin.Post($"/funds/{ids["fundId"]}/income", new { amount = "100.00", source = "A donor", receivedOn = "2026-01-05", description = "A gift" }, ("Idempotency-Key", "gift"));
        await tenant.Admin.Post($"/funds/{ids["fundId"]}/income", new { amount = "100.00", source = "A donor", receivedOn = "2026-01-05", description = "A gift" }, ("Idempotency-Key", "gift"));
        await Eventually.Get(async () => (await tenant.Admin.Get($"/imports/{ids["importId"]}").Ok()).Text("status"), status => status == "completed");

        foreach (var table in (string[])["registry.imports", "rostering.sign_ups", "insights.sign_up_facts", "insights.session_facts"])
        {
            (await own.Database.Scalar<long>($"SELECT count(*) FROM {table} WHERE tenant_id = $1", tenant.Id)).ShouldBeGreaterThan(0, table);
            (await api.Database.Scalar<long>($"SELECT count(*) FROM {table} WHERE tenant_id = $1", tenant.Id)).ShouldBe(0, table);
        }

        // Receipts are where their consumers' rows are: Identity's stay in the main database.
        const string OfTheTenantsOwn = "SELECT count(*) FROM platform.inbox_messages WHERE tenant_id = $1 AND consumer NOT LIKE 'identity-%'";
        (await own.Database.Scalar<long>(OfTheTenantsOwn, tenant.Id)).ShouldBeGreaterThan(0);
        (await api.Database.Scalar<long>(OfTheTenantsOwn, tenant.Id)).ShouldBe(0);
        (await own.Database.Scalar<long>("SELECT count(*) FROM funding.ledger_transactions")).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task The_walls_stand_there_as_well_and_its_connection_strings_are_shown_to_nobody()
    {
        var (own, here, there) = await OneHereOneThere();
        await there.NewGroup();
        var password = new NpgsqlConnectionStringBuilder(api.Database.Settings["Database:OwnerConnectionString"]).Password!;

        await using var application = new NpgsqlConnection(own.Settings[$"Databases:{own.Name}:ConnectionString"]);
        await application.OpenAsync();
        await using (var unbound = new NpgsqlCommand("SELECT count(*) FROM registry.groups", application))
        {
            (await unbound.ExecuteScalarAsync()).ShouldBe(0L);
        }

        await using (var lifting = new NpgsqlCommand("DELETE FROM platform.absent_tenants", application))
        {
            (await Should.ThrowAsync<PostgresException>(() => lifting.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        var stored = await api.Database.Scalar<byte[]>("SELECT own_database FROM tenancy.tenants WHERE id = $1", there.Id);
        System.Text.Encoding.Latin1.GetString(stored).ShouldNotContain(password);
        var info = (await api.Host.Services.GetRequiredService<ITenantStore>().GetAsync(there.Id, CancellationToken.None))!;
        info.Database.ShouldNotBeNull();
        (info.ToString() + info.Database + System.Text.Json.JsonSerializer.Serialize(info)).ShouldNotContain(password);
        (await there.Admin.Get("/tenant")).Body.ShouldNotContain(password);

        // Bound to its own tenant: what was encrypted for one is nobody else's.
        await api.Database.Execute("UPDATE tenancy.tenants SET own_database = $1 WHERE id = $2", stored, here.Id);
        await api.Database.Execute("UPDATE tenancy.tenant_changes SET stamp = gen_random_uuid()");
        api.Host.Clock.Advance(TimeSpan.FromSeconds(6));
        await here.Admin.Get("/groups").Problem(503, "database-away");
    }

    [Fact]
    public async Task A_limit_counts_over_both_databases_also_for_two_who_sign_up_at_the_same_moment()
    {
        var (own, here, there) = await OneHereOneThere();
        var passed = 0;
        for (var round = 0; round < 12; round++)
        {
            var email = $"person-{Guid.NewGuid():N}@example.org";
            var (one, other) = (await here.NewVolunteer(email), await there.NewVolunteer(email));
            var (shift, clash) = (await here.NewShift(Roster.At(3)), await there.NewShift(Roster.At(3, hours: 0.5)));

            var answers = await Task.WhenAll(Task.Run(() => here.SignUp(shift, one)), Task.Run(() => there.SignUp(clash, other)));

            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers.Single(a => a.Status != HttpStatusCode.Created).ShouldBeProblem(409, "shift-overlap");
            passed += answers[1].Status == HttpStatusCode.Created ? 1 : 0;
            foreach (var (tenant, volunteer) in ((Tenant, Guid)[])[(here, one), (there, other)])
            {
                (await tenant.Admin.Get($"/volunteers/{volunteer}/load").Ok()).GetProperty("rules").EnumerateArray().ShouldContain(r => r.GetProperty("actual").GetDecimal() > 0);
            }
        }

        (await own.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments")).ShouldBe(passed);
    }

    [Fact]
    public async Task The_limits_that_a_decision_was_made_under_can_be_told_again_though_the_umbrella_is_elsewhere()
    {
        var (_, here, there) = await OneHereOneThere();
        await Limit(6);
        var signUp = await there.SignUp(await there.NewShift(Roster.At(3)), await there.NewVolunteer()).Created();
        await Limit(5);

        var then = await there.Admin.Get($"/burnout-policy?version={signUp.Text("policyVersion")}").Ok();
        var now = await there.Admin.Get("/burnout-policy").Ok();

        (then.Text("policyVersion"), LimitOf(then)).ShouldBe((signUp.Text("policyVersion"), 6));
        LimitOf(now).ShouldBe(5);

        Task Limit(decimal hours) => here.Network.Admin.Send(HttpMethod.Put, "/burnout-policy", new { rules = new[] { new { rule = "hours-7d", warn = 2, refuse = hours } } }).Ok();

        static decimal LimitOf(JsonElement policy) => policy.GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == "hours-7d").GetProperty("refuse").GetDecimal();
    }

    [Fact]
    public async Task A_database_that_is_away_holds_up_neither_other_tenants_nor_their_events_nor_health()
    {
        var (own, here, there) = await OneHereOneThere();
        var stranger = await api.NewTenant();
        await there.NewGroup();
        await api.Database.Execute($"ALTER DATABASE {own.Name} ALLOW_CONNECTIONS false");
        await api.Database.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own.Name}'");

        ((int)(await there.Admin.Get("/groups")).Status).ShouldBeGreaterThanOrEqualTo(500);
        var shift = await here.NewShift(Roster.At());
        await stranger.SignUp(await stranger.NewShift(Roster.At()), await stranger.NewVolunteer()).Created();
        (await api.Anonymous().Get("//health/ready")).Body.ShouldBe("Degraded");

        // Nobody can tell what the person has taken there; the operator's word helps.
        var volunteer = await here.NewVolunteer();
        await here.SignUp(shift, volunteer).Problem(503, "network-database-away");
        await there.Network.Admin.Post($"/network/members/{there.Id}/suspend").NoContent();
        await here.SignUp(shift, volunteer).Created();

        await there.Network.Admin.Post($"/network/members/{there.Id}/resume").NoContent();
        await api.Database.Execute($"ALTER DATABASE {own.Name} ALLOW_CONNECTIONS true");
        await there.NewShift(Roster.At());
        (await api.Anonymous().Get("//health/ready")).Body.ShouldBe("Healthy");
    }

    [Fact]
    public async Task Migrating_and_erasing_reach_it()
    {
        var (own, here, there) = await OneHereOneThere();
        await TenantWallTests.EverythingOf(there);
        var email = $"both-{Guid.NewGuid():N}@example.org";
        (await here.NewVolunteer(email), await there.NewVolunteer(email)).ShouldNotBe(default);
        await own.Database.Execute("DROP SCHEMA insights CASCADE");
        await using (var host = new ApiHost(api.Database.Settings))
        {
            await Migrator.MigrateAsync(host.Services, _ => { }, CancellationToken.None);
        }

        await there.Admin.Get("/insights/coverage").Ok();
        await there.Network.Admin.Post($"/network/members/{there.Id}/suspend").NoContent();
        await using (var host = new ApiHost(api.Database.Settings))
        {
            await TenantErasure.EraseAsync(host.Services, there.Slug, _ => { }, CancellationToken.None);
        }

        foreach (var database in (TestDatabase[])[own.Database, api.Database])
        {
            (await OwnDatabase.Rows(database, there.Id)).Values.ShouldAllBe(rows => rows == "0 ");
            foreach (var table in (string[])["audit_entries", "audit_reasons", "audit_links", "audit_heads", "inbox_messages", "idempotent_answers", "outbox_messages"])
            {
                (await database.Scalar<long>($"SELECT count(*) FROM platform.{table} WHERE tenant_id = $1", there.Id)).ShouldBe(0, table);
            }
        }

        (await own.Database.Scalar<long>("SELECT count(*) FROM rostering.network_volunteers")).ShouldBe(0);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.network_volunteers")).ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.absent_tenants")).ShouldBe(1, "whoever has not heard of it yet finds it gone");
    }

    [Fact]
    public async Task Its_backup_restored_serves_as_before()
    {
        var (own, _, tenant) = await OneHereOneThere();
        var ids = await TenantWallTests.EverythingOf(tenant);
        await own.Database.EventsHaveLeft();
        var before = await OwnDatabase.Rows(own.Database, tenant.Id);
        var dump = Path.GetTempFileName();
        try
        {
            await OperationsTests.Run("pg_dump", own.Database.Superuser, "--format=custom", $"--file={dump}");
            await api.Database.Execute($"DROP DATABASE {own.Name} WITH (FORCE)");
            await api.Database.Execute($"CREATE DATABASE {own.Name} OWNER networkplatform_owner");
            await OperationsTests.Run("pg_restore", own.Database.Superuser, "--exit-on-error", $"--dbname={own.Name.ToString(CultureInfo.InvariantCulture)}", dump);
        }
        finally
        {
            File.Delete(dump);
        }

        // As in a process that is started anew: pools are the process's, and their connections are to the database that was dropped.
        NpgsqlConnection.ClearAllPools();
        (await OwnDatabase.Rows(own.Database, tenant.Id)).ShouldBe(before);
        await using var host = new ApiHost(api.Settings, api.Host.Clock);
        var restarted = tenant with { Admin = ApiFixture.At(host, tenant.Admin) };
        (await restarted.Admin.All("/groups")).ShouldHaveSingleItem().Id().ShouldBe(ids["groupId"]);
        await restarted.NewShift(Roster.At(5));
    }

    [Fact]
    public async Task The_database_of_a_tenant_below_a_suspended_one_is_not_asked()
    {
        var own = await OwnDatabase.Create(api);
        var network = await api.NewNetwork();
        var region = (await network.Admin.Post("/network/members", new { slug = "region-away", name = "Region", adminEmail = "admin@region.example", isUmbrella = true }).Created()).Id();
        var admin = await api.NewClient(network.Admin, $"/network/members/{region}/clients", new { name = "x", roles = new[] { "network-admin", "tenant-admin" } });
        var (here, there) = (await network.NewMember(), await (network with { Admin = admin }).NewMember());
        await own.MoveHere(there);
        var (shift, volunteer) = (await here.NewShift(Roster.At()), await here.NewVolunteer());
        await api.Database.Execute($"ALTER DATABASE {own.Name} ALLOW_CONNECTIONS false");
        await api.Database.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own.Name}'");
        await here.SignUp(shift, volunteer).Problem(503, "network-database-away");

        await network.Admin.Post($"/network/members/{region}/suspend").NoContent();

        await here.SignUp(shift, volunteer).Created();
    }

    [Fact]
    public async Task An_address_that_cannot_be_decrypted_makes_its_own_tenant_unavailable_and_no_other()
    {
        var (_, here, there) = await OneHereOneThere();
        var (shift, volunteer) = (await here.NewShift(Roster.At()), await here.NewVolunteer());
        await api.Database.EventsHaveLeft();
        await api.Database.Execute("UPDATE tenancy.tenants SET own_database = $1 WHERE id = $2", new byte[60], there.Id);
        await api.Database.Execute("UPDATE tenancy.tenant_changes SET stamp = gen_random_uuid()");
        api.Host.Clock.Advance(TimeSpan.FromSeconds(6));

        await here.Admin.Get("/groups").Ok();
        await there.Admin.Get("/groups").Problem(503, "database-away");
        await here.SignUp(shift, volunteer).Problem(503, "network-database-away");
        (await api.Host.Services.GetRequiredService<ITenantStore>().GetAllAsync(CancellationToken.None)).Count.ShouldBe(3);
        await here.NewShift(Roster.At(2));
    }

    /// <summary>Two tenants of one network, the second in a database of its own.</summary>
    private async Task<(OwnDatabase Own, Tenant Here, Tenant There)> OneHereOneThere()
    {
        var own = await OwnDatabase.Create(api);
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        await own.MoveHere(there);
        return (own, here, there);
    }
}
