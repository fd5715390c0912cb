using System.Net;
using NetworkPlatform.Platform.Auditing;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>A tenant moves to a database of its own and back; nothing is lost, whoever is killed or asks meanwhile.</summary>
public sealed class TenantMoveTests(DatabaseServer server) : IAsyncLifetime
{
    private readonly ApiFixture api = new(server);

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task There_and_back_every_row_is_as_it_was_and_no_other_tenants_is_touched()
    {
        var own = await OwnDatabase.Create(api);
        var network = await api.NewNetwork();
        var (moving, staying) = (await network.NewMember(), await network.NewMember());
        var ids = await TenantWallTests.EverythingOf(moving);
        await TenantWallTests.EverythingOf(staying);
        await api.Database.EventsHaveLeft();
        var (before, others) = (await OwnDatabase.Rows(api.Database, moving.Id), await OwnDatabase.Rows(api.Database, staying.Id));
        before.Values.Count(rows => !rows.StartsWith('0')).ShouldBeGreaterThan(9);
        var audited = await Audited(api.Database, moving);

        await own.MoveHere(moving);

        (await OwnDatabase.Rows(own.Database, moving.Id)).ShouldBe(before);
        (await OwnDatabase.Rows(api.Database, moving.Id)).Values.ShouldAllBe(rows => rows == "0 ");
        (await own.Database.Scalar<long>("SELECT count(*) FROM registry.groups WHERE tenant_id <> $1", moving.Id)).ShouldBe(0);
        (await moving.Admin.All("/groups")).ShouldHaveSingleItem().Id().ShouldBe(ids["groupId"]);
        await moving.Admin.Get($"/volunteers/{ids["volunteerId"]}").Ok();
        (await Audited(own.Database, moving)).ShouldBeGreaterThan(0);
        (await Audited(api.Database, moving)).ShouldBeGreaterThanOrEqualTo(audited, "what was done before stays there");
        var told = (await moving.Admin.All("/audit")).Select(i => i.Id()).ToList();
        told.Count.ShouldBeGreaterThan((int)audited);
        await Eventually.Get(() => moving.Admin.Get("/audit/head").Ok(), head => head.GetProperty("ownDatabase").GetProperty("sequence").GetInt64() > 0);
        (await AuditVerification.VerifyAsync(api.Host.Services, moving.Slug, head: null, ownHead: null, _ => { }, CancellationToken.None)).ShouldBeEmpty();

        await own.MoveAway(moving);

        (await OwnDatabase.Rows(api.Database, moving.Id)).ShouldBe(before);
        (await OwnDatabase.Rows(api.Database, staying.Id)).ShouldBe(others);
        (await OwnDatabase.Rows(own.Database, moving.Id)).Values.ShouldAllBe(rows => rows == "0 ");
        (await Audited(own.Database, moving)).ShouldBe(0);
        told.ShouldBeSubsetOf((await moving.Admin.All("/audit")).Select(i => i.Id()));
        (await AuditVerification.VerifyAsync(api.Host.Services, moving.Slug, head: null, ownHead: null, _ => { }, CancellationToken.None)).ShouldBeEmpty();
        (await moving.Admin.All("/audit?action=get-volunteer")).ShouldHaveSingleItem().GetProperty("sequence").GetInt64().ShouldBeGreaterThan(0);
        (await moving.Admin.All("/groups")).ShouldHaveSingleItem().Id().ShouldBe(ids["groupId"]);
        await moving.Admin.Post($"/shifts/{ids["shiftId"]}/signups", new { volunteerId = ids["volunteerId"] }).Problem(409, "already-signed-up");
    }

    [Fact]
    public async Task Killed_after_any_of_its_steps_it_is_finished_by_running_it_again()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        await TenantWallTests.EverythingOf(tenant);
        await api.Database.EventsHaveLeft();
        var before = await OwnDatabase.Rows(api.Database, tenant.Id);

        // Killed after its first line, then run again and killed after its second, and so on, back as well.
        foreach (var (to, at, left) in ((string, TestDatabase, TestDatabase)[])[(own.Name, own.Database, api.Database), ("main", api.Database, own.Database)])
        {
            var kills = 0;
            while (await own.MoveUntil(tenant, to, kills + 1))
            {
                kills++;
                var (here, there) = (await OwnDatabase.Rows(left, tenant.Id), await OwnDatabase.Rows(at, tenant.Id));
                (Same(here, before) || Same(there, before)).ShouldBeTrue($"killed after {kills} lines to {to}");
            }

            kills.ShouldBeGreaterThan(5);
            (await OwnDatabase.Rows(at, tenant.Id)).ShouldBe(before);
            (await OwnDatabase.Rows(left, tenant.Id)).Values.ShouldAllBe(rows => rows == "0 ");
            await OwnDatabase.Served(tenant);
            (await tenant.Admin.All("/groups")).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task While_it_moves_its_requests_are_put_off_and_nobody_elses()
    {
        var own = await OwnDatabase.Create(api);
        var network = await api.NewNetwork();
        var (moving, staying) = (await network.NewMember(), await network.NewMember());
        var chapter = await moving.NewChapter();
        await moving.NewGroup(chapter);
        using var stop = new CancellationTokenSource();
        var undisturbed = Ask(staying.Admin, stop.Token);
        var disturbed = Ask(moving.Admin, stop.Token);

        HttpResponseMessage? refused = null;
        await own.Move(moving, own.Name, line =>
        {
            if (line.StartsWith("closed", StringComparison.Ordinal))
            {
                refused = moving.Admin.Http.GetAsync(new Uri("/api/v1/groups", UriKind.Relative)).GetAwaiter().GetResult();
                moving.Admin.Get("/chapters").GetAwaiter().GetResult().ShouldBe(HttpStatusCode.OK);
            }
        });
        await OwnDatabase.Served(moving);
        await stop.CancelAsync();

        refused.ShouldNotBeNull().StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("tenant-moving");
        (await undisturbed).ShouldAllBe(status => status == HttpStatusCode.OK);
        (await disturbed).Distinct().ShouldBe([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], ignoreOrder: true);
        (await moving.Admin.All("/groups")).ShouldHaveSingleItem();
        refused.Dispose();
    }

    [Fact]
    public async Task Between_the_switch_and_every_node_knowing_of_it_nobody_is_served_anywhere()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        var group = await tenant.NewGroup();
        var waited = false;

        await own.Move(tenant, own.Name, everyNodeKnows: async () =>
        {
            (await api.Database.Scalar<long>("SELECT count(*) FROM tenancy.tenants WHERE id = $1 AND own_database IS NOT NULL", tenant.Id)).ShouldBe(1);
            for (var ask = 0; ask < 3; ask++)
            {
                await tenant.Admin.Get("/groups").Problem(503, "tenant-moving");
            }

            (await api.Database.Scalar<long>("SELECT count(*) FROM registry.groups WHERE id = $1", group)).ShouldBe(1, "who has not heard still sees what is there");
            waited = true;
        });

        waited.ShouldBeTrue();
        await OwnDatabase.Served(tenant);
    }

    [Fact]
    public async Task A_transaction_at_work_is_waited_for_and_comes_along()
    {
        await using var patient = await ApiFixture.Start(api.Server, ("Database:StatementTimeoutSeconds", "300"));
        var own = await OwnDatabase.Create(patient);
        var tenant = await patient.NewTenant();
        var chapter = await tenant.NewChapter();
        await using var blocker = new NpgsqlConnection(patient.Database.Superuser);
        await blocker.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await TestDatabase.Execute(blocker, "LOCK TABLE registry.groups IN SHARE MODE");

        var group = tenant.Admin.Post("/groups", new { chapterId = chapter, name = "Late", topic = "grief", leadership = "peer-led", format = "online" });
        await Eventually.Get(() => patient.Database.WaitingForLock(), waiting => waiting == 1);
        var move = own.MoveHere(tenant);
        await Eventually.Get(() => patient.Database.WaitingForLock("advisory"), waiting => waiting == 1);
        await transaction.RollbackAsync();
        await group.Created();
        await move;

        (await tenant.Admin.All("/groups")).ShouldHaveSingleItem().Text("name").ShouldBe("Late");
        (await own.Database.Scalar<long>("SELECT count(*) FROM registry.groups")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_delivered_is_delivered_once_after_the_move_there_and_back()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        await own.MoveHere(tenant);
        var group = await tenant.NewGroup();

        // The relay's role may not claim, so events stay where they are; they come back with the tenant.
        await own.Database.Execute("REVOKE UPDATE ON platform.outbox_messages FROM networkplatform_relay");
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=DAILY;COUNT=20")).Created();
        (await own.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages")).ShouldBe(20);
        await own.MoveAway(tenant);

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id), shifts => shifts == 20);
        await api.Database.EventsHaveLeft();
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id)).ShouldBe(20);
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.inbox_messages WHERE tenant_id = $1 AND consumer = 'rostering-when-session-scheduled'", tenant.Id)).ShouldBe(20);
    }

    [Fact]
    public async Task A_person_whom_the_other_database_knows_by_another_id_is_the_same_one_after_the_move()
    {
        var own = await OwnDatabase.Create(api);
        var network = await api.NewNetwork();
        var (moving, staying) = (await network.NewMember(), await network.NewMember());
        await own.MoveHere(moving);
        var email = $"both-{Guid.NewGuid():N}@example.org";
        var (volunteer, same) = (await moving.NewVolunteer(email), await staying.NewVolunteer(email));
        var (shift, clash) = (await moving.NewShift(Roster.At(3)), await staying.NewShift(Roster.At(3)));
        await moving.SignUp(shift, volunteer).Created();

        await own.MoveAway(moving);

        await staying.SignUp(clash, same).Problem(409, "shift-overlap");
        (await api.Database.Scalar<long>("SELECT count(DISTINCT person_id) FROM rostering.volunteers WHERE id = $1 OR id = $2", volunteer, same)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_begun_is_undone_by_moving_to_where_it_is()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        await tenant.NewGroup();
        await using (var blocker = await api.Database.Open(api.Database.Superuser))
        {
            // A later module's rows, so that the move cannot end before it is killed.
            await TestDatabase.Execute(blocker, "BEGIN; LOCK TABLE rostering.volunteers IN ACCESS EXCLUSIVE MODE");
            (await own.MoveUntil(tenant, own.Name, lines: 7)).ShouldBeTrue();
        }

        await tenant.Admin.Get("/groups").Problem(503, "tenant-moving");

        await own.MoveAway(tenant);

        (await tenant.Admin.All("/groups")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task New_connection_strings_of_the_same_database_take_the_place_of_the_old_ones_and_move_nothing()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        await TenantWallTests.EverythingOf(tenant);
        await api.Database.EventsHaveLeft();
        await own.MoveHere(tenant);
        var before = await OwnDatabase.Rows(own.Database, tenant.Id);
        var stored = await api.Database.Scalar<byte[]>("SELECT own_database FROM tenancy.tenants WHERE id = $1", tenant.Id);
        foreach (var key in own.Settings.Keys.ToList())
        {
            own.Settings[key] += ";Keepalive=30";
        }

        await own.MoveHere(tenant);

        (await OwnDatabase.Rows(own.Database, tenant.Id)).ShouldBe(before);
        (await api.Database.Scalar<byte[]>("SELECT own_database FROM tenancy.tenants WHERE id = $1", tenant.Id)).ShouldNotBe(stored);

        foreach (var (key, value) in api.Settings.Where(s => s.Key.EndsWith("ConnectionString", StringComparison.Ordinal)))
        {
            own.Settings[key.Replace("Database:", $"Databases:{own.Name}:", StringComparison.Ordinal)] = value;
        }

        var other = await api.NewTenant();
        await other.NewGroup();
        (await Should.ThrowAsync<InvalidOperationException>(() => own.Move(other, own.Name))).Message.ShouldContain("main database itself");
        (await other.Admin.All("/groups")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_move_to_nowhere_says_why_and_changes_nothing()
    {
        var own = await OwnDatabase.Create(api);
        var tenant = await api.NewTenant();
        (await Should.ThrowAsync<InvalidOperationException>(() => own.Move(tenant, "elsewhere"))).Message.ShouldContain("Databases:elsewhere:ConnectionString");
        (await Should.ThrowAsync<InvalidOperationException>(() => own.Move(tenant, ""))).Message.ShouldContain("--to");
        (await Should.ThrowAsync<InvalidOperationException>(() => own.Move(tenant with { Slug = "nobody" }, own.Name))).Message.ShouldContain("nobody");
        await tenant.NewGroup();
    }

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) => one.Count == other.Count && one.All(row => other[row.Key] == row.Value);

    private static Task<long> Audited(TestDatabase database, Tenant tenant) => database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1", tenant.Id);

    private static async Task<List<HttpStatusCode>> Ask(ApiClient client, CancellationToken stop)
    {
        List<HttpStatusCode> answers = [];
        while (!stop.IsCancellationRequested)
        {
            answers.Add((await client.Get("/groups")).Status);
        }

        return answers;
    }
}
