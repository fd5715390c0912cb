using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using NetworkPlatform.Api;
using NetworkPlatform.Platform.Auditing;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Auditing;

/// <summary>What the chain of audit entries proves, tried by somebody who can do more than the service.</summary>
public sealed class AuditChainTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_entry_is_sealed_shortly_and_the_chain_holds()
    {
        var tenant = await Sealed();

        var items = await tenant.Admin.All("/audit?action=register-volunteer");
        items.Select(i => i.GetProperty("sequence").GetInt64()).ShouldBeInOrder(SortDirection.Descending);
        items.ShouldAllBe(i => i.Text("hash").Length == 64);
        (await Broken(tenant)).ShouldBeNull();
        (await Broken(tenant, await Head(tenant))).ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE platform.audit_entries SET actor = 'somebody else' WHERE {3}", AuditFault.Changed, 3)]
    [InlineData("UPDATE platform.audit_entries SET at = at + interval '1 microsecond' WHERE {3}", AuditFault.Changed, 3)]
    [InlineData("UPDATE platform.audit_reasons SET text = 'another reason' WHERE {reason}", AuditFault.Changed, null)]
    [InlineData("UPDATE platform.audit_entries SET reason_digest = NULL WHERE {reason}", AuditFault.Changed, null)]
    [InlineData("UPDATE platform.audit_links SET hash = decode(repeat('ab', 32), 'hex') WHERE {3}", AuditFault.Changed, 3)]
    [InlineData("DELETE FROM platform.audit_entries WHERE {3}", AuditFault.Missing, 3)]
    [InlineData("DELETE FROM platform.audit_links WHERE {3}", AuditFault.Missing, 3)]
    [InlineData("DELETE FROM platform.audit_links WHERE tenant_id = '{tenant}' AND sequence > 4", AuditFault.Missing, 5)]
    [InlineData("DELETE FROM platform.audit_links WHERE tenant_id = '{tenant}'", AuditFault.Missing, 1)]
    [InlineData("UPDATE platform.audit_links SET sequence = -sequence WHERE {3} OR {4}; UPDATE platform.audit_links SET sequence = 7 + sequence WHERE tenant_id = '{tenant}' AND sequence < 0", AuditFault.OutOfOrder, 3)]
    [InlineData(
        """
        UPDATE platform.audit_links SET sequence = -sequence - 1 WHERE tenant_id = '{tenant}' AND sequence >= 3;
        UPDATE platform.audit_links SET sequence = -sequence WHERE tenant_id = '{tenant}' AND sequence < 0;
        INSERT INTO platform.audit_entries (tenant_id, id, version, at, actor, action, records) VALUES ('{tenant}', '{tenant}', 1, now(), 'x', 'x', '');
        INSERT INTO platform.audit_links (tenant_id, id, version, sequence, hash, sealed_at) VALUES ('{tenant}', '{tenant}', 1, 3, decode(repeat('ab', 32), 'hex'), now())
        """,
        AuditFault.Added, 3)]
    public async Task Whatever_is_done_to_the_chain_is_found_at_its_first_broken_link(string sql, AuditFault fault, int? sequence)
    {
        DatabaseServer.OnPostgreSqlOnly("it is done in PostgreSQL's SQL.");
        var tenant = await Sealed();
        var (before, untouched) = (await Broken(tenant), await Sealed());
        var ofReason = await api.Database.Scalar<long>(
            "SELECT min(sequence) FROM platform.audit_links l JOIN platform.audit_entries e USING (tenant_id, id) WHERE tenant_id = $1 AND reason_digest IS NOT NULL", tenant.Id);
        foreach (var (name, link) in new[] { ("{3}", 3), ("{4}", 4), ("{reason}", ofReason) })
        {
            var id = await api.Database.Scalar<Guid>("SELECT id FROM platform.audit_links WHERE tenant_id = $1 AND sequence = $2", tenant.Id, link);
            sql = sql.Replace(name, $"tenant_id = '{tenant.Id}' AND id = '{id}'", StringComparison.Ordinal);
        }

        await AsSuperuser(sql.Replace("{tenant}", tenant.Id.ToString(), StringComparison.Ordinal));

        before.ShouldBeNull();
        var found = (await Broken(tenant)).ShouldNotBeNull();
        (found.Fault, found.Sequence).ShouldBe((fault, sequence ?? ofReason), found.What);
        (await Broken(untouched)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_with_its_head_is_found_by_a_head_that_was_kept()
    {
        DatabaseServer.OnPostgreSqlOnly("it is done in PostgreSQL's SQL.");
        var tenant = await Sealed();
        var kept = await Head(tenant);

        await AsSuperuser($"""
            DELETE FROM platform.audit_entries e USING platform.audit_links l WHERE e.tenant_id = '{tenant.Id}' AND l.tenant_id = e.tenant_id AND l.id = e.id AND l.sequence > 4;
            DELETE FROM platform.audit_links WHERE tenant_id = '{tenant.Id}' AND sequence > 4;
            UPDATE platform.audit_heads h SET sequence = 4, hash = l.hash FROM platform.audit_links l WHERE h.tenant_id = '{tenant.Id}' AND l.tenant_id = h.tenant_id AND l.sequence = 4
            """);

        (await Broken(tenant)).ShouldBeNull("nothing inside of the database tells");
        var found = (await Broken(tenant, kept)).ShouldNotBeNull();
        (found.Fault, found.Sequence).ShouldBe((AuditFault.Missing, 5));
        (await Broken(tenant, $"4:{new string('a', 64)}")).ShouldNotBeNull().What.ShouldContain("made anew");
        await Should.ThrowAsync<InvalidOperationException>(() => Broken(tenant, "4:not-a-hash"));
    }

    [Fact]
    public async Task A_reason_may_be_deleted_without_breaking_the_chain()
    {
        var tenant = await Sealed();

        await api.Database.Execute("DELETE FROM platform.audit_reasons WHERE tenant_id = $1", tenant.Id);

        (await Broken(tenant)).ShouldBeNull();
        (await tenant.Admin.All("/audit?action=register-volunteer")).ShouldAllBe(i => i.GetProperty("reason").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task An_entry_that_stays_unsealed_is_named()
    {
        var tenant = await Sealed();
        var id = Guid.CreateVersion7();
        await api.Database.Execute(
            "INSERT INTO platform.audit_entries (tenant_id, id, version, at, actor, action, records) VALUES ($1, $2, 1, $3, 'x', 'x', '')", tenant.Id, id, DateTimeOffset.UtcNow.AddHours(-1));

        var found = (await Broken(tenant)).ShouldNotBeNull();

        (found.Fault, found.EntryId).ShouldBe((AuditFault.Unsealed, id));
    }

    [Fact]
    public async Task What_a_suspended_tenant_left_unsealed_is_sealed_too()
    {
        var tenant = await Sealed();
        await api.Database.Execute(
            "INSERT INTO platform.audit_entries (tenant_id, id, version, at, actor, action, records) VALUES ($1, $2, 1, $3, 'x', 'x', '')", tenant.Id, Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddHours(-1));
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();

        await using var next = new ApiHost(api.Settings);
        _ = next.Services;

        await AllSealed(api.Database, tenant);
        (await Broken(tenant)).ShouldBeNull();
    }

    [Fact]
    public async Task The_applications_role_only_adds_entries_and_the_relays_only_seals_them()
    {
        DatabaseServer.OnPostgreSqlOnly("roles and rights are PostgreSQL's here; SqlServerWallTests has the other's.");
        var tenant = await Sealed();
        var (application, relay) = (api.Database.Settings["Database:ConnectionString"], api.Database.Settings["Database:RelayConnectionString"]);
        foreach (var table in (string[])["audit_entries", "audit_links", "audit_heads"])
        {
            await Refused(application, tenant, $"UPDATE platform.{table} SET version = 2");
            await Refused(application, tenant, $"DELETE FROM platform.{table}");
            await Refused(application, tenant, $"TRUNCATE platform.{table}");
            await Refused(relay, tenant, $"DELETE FROM platform.{table}");
        }

        await Refused(application, tenant, $"INSERT INTO platform.audit_links (tenant_id, id, version, sequence, hash, sealed_at) VALUES ('{tenant.Id}', '{tenant.Id}', 1, 99, '', now())");
        await Refused(relay, tenant, $"INSERT INTO platform.audit_entries (tenant_id, id, version, at, actor, action, records) VALUES ('{tenant.Id}', '{tenant.Id}', 1, now(), 'x', 'x', '')");
        await Refused(relay, tenant, "UPDATE platform.audit_entries SET actor = 'x'");
        await Refused(relay, tenant, "UPDATE platform.audit_links SET sequence = 9");
        await Refused(relay, tenant, "UPDATE platform.audit_reasons SET text = 'x'");
    }

    [Fact]
    public async Task No_command_waits_for_the_seal_of_another()
    {
        DatabaseServer.OnPostgreSqlOnly("the sealer is held up by an advisory lock.");
        var tenant = await Sealed();
        await using (var holder = await api.Database.Open(api.Database.Superuser))
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await TestDatabase.Execute(holder, "SELECT pg_advisory_xact_lock(hashtextextended('audit sealing', 0))");
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => tenant.NewVolunteer()));
            await Eventually.Get(() => api.Database.WaitingForLock("advisory"), waiting => waiting > 0);
            await tenant.NewVolunteer();

            (await tenant.Admin.All("/audit")).Count(i => i.GetProperty("sequence").ValueKind == System.Text.Json.JsonValueKind.Null).ShouldBeGreaterThan(10);
        }

        await AllSealed(api.Database, tenant);
        (await Broken(tenant)).ShouldBeNull();
    }

    [Fact]
    public async Task Several_nodes_seal_one_chain()
    {
        var tenant = await Sealed();
        await using var second = new ApiHost(api.Settings);
        var elsewhere = ApiFixture.At(second, tenant.Admin);

        await Parallel.ForEachAsync(Enumerable.Range(0, 120), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (i, _) =>
            await (i % 2 == 0 ? tenant.Admin : elsewhere).Post("/volunteers", new { name = "x", email = $"{Guid.NewGuid():N}@example.org" }).Created());

        await AllSealed(api.Database, tenant);
        (await Broken(tenant)).ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_finds_its_entries_sealed_by_another_does_not_take_up_what_is_in_others_queues()
    {
        DatabaseServer.OnPostgreSqlOnly("the other node's work is done in PostgreSQL's SQL.");
        var tenant = await Sealed();
        await using (var other = await api.Database.Open(api.Database.Superuser))
        {
            // While it holds the lock, this node's sealer waits with what is sealed here already.
            await using var transaction = await other.BeginTransactionAsync();
            await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended('audit sealing', 0))");
            await tenant.NewVolunteer();
            await TestDatabase.Execute(other, $"""
                INSERT INTO platform.audit_links (tenant_id, id, version, sequence, hash, sealed_at)
                SELECT tenant_id, e.id, 1, h.sequence + row_number() OVER (), h.hash, now() FROM platform.audit_entries e JOIN platform.audit_heads h USING (tenant_id)
                WHERE tenant_id = '{tenant.Id}' AND NOT EXISTS (SELECT 1 FROM platform.audit_links l WHERE l.tenant_id = e.tenant_id AND l.id = e.id);
                UPDATE platform.audit_heads h SET version = version + 1, sequence = (SELECT max(sequence) FROM platform.audit_links l WHERE l.tenant_id = h.tenant_id)
                WHERE tenant_id = '{tenant.Id}';
                INSERT INTO platform.audit_entries (tenant_id, id, version, at, actor, action, records) VALUES ('{tenant.Id}', '{tenant.Id}', 1, now(), 'x', 'in-another-queue', '')
                """);
            await transaction.CommitAsync();
        }

        var newest = await tenant.NewVolunteer();
        await Eventually.Get(
            () => api.Database.Scalar<long>(
                "SELECT count(*) FROM platform.audit_entries e JOIN platform.audit_links l USING (tenant_id, id) WHERE tenant_id = $1 AND records LIKE $2", tenant.Id, $"%{newest}%"),
            links => links == 1);

        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_links WHERE id = $1", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_chain_that_somebody_has_broken_holds_up_no_others()
    {
        var (broken, whole) = (await Sealed(), await Sealed());
        await api.Database.Execute("DELETE FROM platform.audit_heads WHERE tenant_id = $1", broken.Id);

        for (var i = 0; i < 5; i++)
        {
            await broken.NewVolunteer();
            await whole.NewVolunteer();
        }

        await AllSealed(api.Database, whole);
        (await Broken(whole)).ShouldBeNull();
        (await Unsealed(api.Database, broken.Id)).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task What_a_killed_process_left_unsealed_is_sealed_by_the_next()
    {
        var database = await api.Server.CreateDatabase();
        await using var founder = new ApiHost(database.Settings);
        var (umbrella, clientId, secret) = await NetworkFounding.FoundAsync(founder.Services, $"killed-{Guid.NewGuid():N}"[..20], "An umbrella", "en-GB", "Europe/London", "GBP");
        await founder.DisposeAsync();
        var committed = 0;
        for (var tries = 0; tries < 5 && await Unsealed(database, umbrella.Id) == 0; tries++)
        {
            using var host = await HostProcess.Start(database, rabbitMq: null);
            host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ApiClient.FetchToken(host.Http, clientId, secret));
            var client = new ApiClient(host.Http);
            for (var began = Stopwatch.StartNew(); began.Elapsed < TimeSpan.FromSeconds(1.4) && committed < 90 * (tries + 1); committed++)
            {
                await client.Post("/chapters", new { name = "A chapter", slug = $"chapter-{committed}", timeZone = "Etc/UTC" }).Created();
            }

            await host.Kill();
        }

        (await Unsealed(database, umbrella.Id)).ShouldBeGreaterThan(0, "the kill must come between commit and seal, or this shows nothing");
        using var restarted = await HostProcess.Start(database, rabbitMq: null);
        await Eventually.Get(() => Unsealed(database, umbrella.Id), left => left == 0);

        (await database.Scalar<long>("SELECT count(*) FROM platform.audit_links WHERE tenant_id = $1", umbrella.Id)).ShouldBeGreaterThanOrEqualTo(committed);
        var (exitCode, output) = await HostProcess.Run(database, "audit", "--verify", "--tenant", umbrella.Identifier);
        exitCode.ShouldBe(0, output);
        output.ShouldContain("hold; head");
        await database.Execute("UPDATE platform.audit_entries SET actor = 'x' WHERE tenant_id = $1", umbrella.Id);
        (exitCode, output) = await HostProcess.Run(database, "audit", "--verify");
        exitCode.ShouldBe(1, output);
        output.ShouldContain($"{umbrella.Id}: BROKEN at link 1, Changed");
        (await HostProcess.Run(database, "audit")).ExitCode.ShouldBe(2);
    }

    /// <summary>A tenant whose chain has seven links or more, some with a reason.</summary>
    private async Task<Tenant> Sealed()
    {
        var tenant = await api.NewTenant();
        for (var i = 0; i < 6; i++)
        {
            await tenant.Admin.Post("/volunteers", new { name = "x", email = $"{Guid.NewGuid():N}@example.org" }, ("X-Reason", "a reason")).Created();
        }

        // The last of what the platform does for a new tenant by itself.
        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND action = 'send-invitation'", tenant.Id), invited => invited == 1);
        await AllSealed(api.Database, tenant);
        return tenant;
    }

    private static Task<long> AllSealed(TestDatabase database, Tenant tenant) => Eventually.Get(() => Unsealed(database, tenant.Id), left => left == 0);

    private static Task<long> Unsealed(TestDatabase database, Guid tenant) => database.Scalar<long>(
        "SELECT count(*) FROM platform.audit_entries e WHERE e.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM platform.audit_links l WHERE l.tenant_id = e.tenant_id AND l.id = e.id)", tenant);

    private async Task<AuditBreak?> Broken(Tenant tenant, string? head = null) =>
        (await AuditVerification.VerifyAsync(api.Host.Services, tenant.Slug, head, ownHead: null, _ => { }, CancellationToken.None)).SingleOrDefault();

    private static async Task<string> Head(Tenant tenant)
    {
        var head = await tenant.Admin.Get("/audit/head").Ok();
        return string.Create(CultureInfo.InvariantCulture, $"{head.GetProperty("sequence").GetInt64()}:{head.Text("hash")}");
    }

    /// <summary>Past foreign keys, as only the cluster's owner can.</summary>
    private async Task AsSuperuser(string sql)
    {
        await using var connection = new NpgsqlConnection(api.Database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT", connection);
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task Refused(string connectionString, Tenant tenant, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"SELECT set_config('app.tenant', '{tenant.Id}', true); {sql}", connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(), sql)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
    }
}
