using System.Text.Json;
using NetworkPlatform.PostgreSql;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Faults;

/// <summary>Messages that cannot be delivered or consumed, and nodes that share the work.</summary>
public sealed class OutboxTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Scheduled = "NetworkPlatform.Registry.Contracts.SessionScheduled";
    private const string Cancelled = "NetworkPlatform.Registry.Contracts.SessionCancelled";
    private const string Spent = "NetworkPlatform.Funding.Contracts.ExpenseRecorded";

    [Fact]
    public async Task A_poison_row_is_put_off_and_holds_up_no_other()
    {
        var tenant = await api.NewTenant();
        var poison = await Insert(tenant, Scheduled, "{ this is no event");

        await tenant.NewShift(Roster.At());

        await Eventually.Get(
            () => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1 AND last_error IS NOT NULL AND due_at > $2", poison, DateTimeOffset.UtcNow), put => put == 1);
    }

    [Fact]
    public async Task A_row_under_which_the_process_has_ended_every_time_is_given_up_on()
    {
        var tenant = await api.NewTenant();
        var session = Guid.CreateVersion7();
        var fatal = await Insert(tenant, Scheduled, Roster.ScheduledEvent(session), due: DateTimeOffset.UtcNow.AddDays(1));

        // As after the last attempt that it has, of which nobody was left to tell.
        await api.Database.Execute("UPDATE platform.outbox_messages SET attempts = 20, due_at = $2 WHERE id = $1", fatal, DateTimeOffset.UtcNow);

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1 AND dead_at IS NULL", fatal), alive => alive == 0);
        (await api.Database.Scalar<string>("SELECT coalesce(max(last_error), '') FROM platform.outbox_messages WHERE id = $1", fatal)).ShouldContain("process");
        (await ShiftsOf(tenant)).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_is_under_way_for_longer_than_its_lease_has_made_one_attempt()
    {
        DatabaseServer.OnPostgreSqlOnly("its consumer is held up by a lock of a table.");
        await using var own = await ApiFixture.Start(api.Server);
        var (tenant, message) = (await own.NewTenant(), Guid.CreateVersion7());
        await using var holder = await own.Database.Open(own.Database.Superuser);
        await using var transaction = await holder.BeginTransactionAsync();
        await TestDatabase.Execute(holder, "LOCK TABLE insights.session_facts IN ACCESS EXCLUSIVE MODE");
        await own.Database.Execute(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $5, 0)",
            message, tenant.Id, Scheduled, Roster.ScheduledEvent(Guid.CreateVersion7()), own.Host.Clock.GetUtcNow());
        await ClaimedOnce();

        for (var lease = 0; lease < 3; lease++)
        {
            own.Host.Clock.Advance(TimeSpan.FromMinutes(1));
            await ClaimedOnce();
        }

        Task ClaimedOnce() => Eventually.Get(
            () => own.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1 AND attempts = 1 AND due_at > $2", message, own.Host.Clock.GetUtcNow()), claimed => claimed == 1, seconds: 15);
    }

    [Fact]
    public async Task An_event_that_only_a_newer_version_knows_is_kept_for_it_and_one_that_nobody_listens_to_is_not()
    {
        var tenant = await api.NewTenant();
        var unheard = await Insert(tenant, "NetworkPlatform.Rostering.Contracts.VolunteerWaitlisted", "{}");
        var unknown = await Insert(tenant, "NetworkPlatform.Rostering.Contracts.NotInventedYet", "{}");

        await Eventually.Get(
            () => api.Database.Scalar<string>("SELECT coalesce(last_error, '') FROM platform.outbox_messages WHERE id = $1", unknown), error => error.Contains("knows no event", StringComparison.Ordinal));
        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1", unheard), left => left == 0);
    }

    [Fact]
    public async Task An_event_of_which_only_a_newer_version_knows_all_is_kept_for_it_but_not_for_ever()
    {
        var (tenant, session) = (await api.NewTenant(), Guid.CreateVersion7());
        var newer = await Insert(tenant, Scheduled, Roster.ScheduledEvent(session).Replace("{", "{\"NotInventedYet\":1,", StringComparison.Ordinal));

        await Eventually.Get(
            () => api.Database.Scalar<string>("SELECT coalesce(max(last_error), '') FROM platform.outbox_messages WHERE id = $1", newer), error => error.Contains("could not be mapped", StringComparison.Ordinal));
        (await ShiftsOf(tenant)).ShouldBe(0);

        // As after an hour, in which no newer version has taken it: it is an older one's.
        await api.Database.Execute("UPDATE platform.outbox_messages SET attempts = 19, due_at = $2 WHERE id = $1", newer, DateTimeOffset.UtcNow);

        await Eventually.Get(() => ShiftsOf(tenant), shifts => shifts == 1);
        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1", newer), left => left == 0);
    }

    [Fact]
    public async Task Events_that_wait_for_another_party_hold_up_none_of_another_kind_and_have_made_no_attempts_by_it()
    {
        DatabaseServer.OnPostgreSqlOnly("their consumer is held up by a lock of a table.");

        // A host to itself, with nothing else under way: two claims fill it exactly.
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        await own.Database.EventsHaveLeft();
        await using var holder = await own.Database.Open(own.Database.Superuser);
        await using var transaction = await holder.BeginTransactionAsync();
        await TestDatabase.Execute(holder, "LOCK TABLE insights.sign_up_facts IN ACCESS EXCLUSIVE MODE");
        await own.Database.Execute(
            $$"""
            INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts)
            SELECT gen_random_uuid(), $1, 'NetworkPlatform.Rostering.Contracts.VolunteerSignedUp',
                format('{"SignUpId":"%1$s","ShiftId":"%1$s","VolunteerId":"%1$s","ChapterId":"%1$s"}', gen_random_uuid()), now(), now(), 0 FROM generate_series(1, 600)
            """, tenant.Id);
        await Eventually.Get(() => Under("attempts > 0 AND due_at > now()"), waiting => waiting >= 200);

        await tenant.NewShift(Roster.At());

        (await Under("true")).ShouldBe(600);
        (await Under("attempts = 0")).ShouldBeGreaterThanOrEqualTo(300, "what was put off was not tried");
        (await own.Database.Scalar<long>("SELECT count(DISTINCT due_at) FROM platform.outbox_messages WHERE tenant_id = $1 AND type LIKE '%VolunteerSignedUp' AND attempts = 0", tenant.Id))
            .ShouldBeLessThanOrEqualTo(2, "all of it at once, not claim by claim");
        await transaction.RollbackAsync();
        await Eventually.Get(() => Under("true"), left => left == 0);

        Task<long> Under(string condition) => own.Database.Scalar<long>($"SELECT count(*) FROM platform.outbox_messages WHERE tenant_id = $1 AND type LIKE '%VolunteerSignedUp' AND {condition}", tenant.Id);
    }

    [Fact]
    public async Task An_event_that_comes_too_early_is_tried_again_until_it_can_take_effect()
    {
        var tenant = await api.NewTenant();
        var session = Guid.CreateVersion7();
        var early = await Insert(tenant, Cancelled, JsonSerializer.Serialize(new { SessionId = session, Reason = "The hall is flooded." }));
        await Eventually.Get(
            () => api.Database.Scalar<string>("SELECT coalesce(last_error, '') FROM platform.outbox_messages WHERE id = $1", early), error => error.Contains("shift-not-opened-yet", StringComparison.Ordinal));

        await Insert(tenant, Scheduled, Roster.ScheduledEvent(session));

        await Eventually.Get(async () => await tenant.ShiftOf(session), shift => shift.ValueKind == JsonValueKind.Object && shift.Text("status") == "cancelled");
    }

    [Fact]
    public async Task The_same_message_twice_takes_effect_once()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(), places: 3);
        var id = await api.Database.Scalar<Guid>(
            "SELECT message_id FROM platform.inbox_messages WHERE tenant_id = $1 AND consumer = 'rostering-when-session-scheduled'", tenant.Id);

        await Gone();

        // As after a crash between delivery and its mark: the same id comes again.
        await Insert(tenant, Scheduled, Roster.ScheduledEvent(shift.SessionId, shift.GroupId, facilitators: 9), id);
        await Gone();

        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("places").ShouldBe(3);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id)).ShouldBe(1);

        Task Gone() => Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE id = $1", id), left => left == 0);
    }

    [Fact]
    public async Task Messages_that_wait_are_carried_out_together_each_with_its_receipt()
    {
        DatabaseServer.OnPostgreSqlOnly("its rows tell which transaction they came with.");
        var tenant = await api.NewTenant();
        var sessions = Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7()).ToList();

        // Two about the same session: both tell on its fact, whichever comes first.
        await InsertAtOnce(tenant, [
            .. sessions.Select(s => (Scheduled, Roster.ScheduledEvent(s))),
            .. sessions.Select(s => (Cancelled, JsonSerializer.Serialize(new { SessionId = s, Reason = "Flooded." }))),
        ]);

        await Eventually.Get(
            () => api.Database.Scalar<long>("SELECT count(*) FROM insights.session_facts WHERE tenant_id = $1 AND group_id IS NOT NULL AND is_cancelled", tenant.Id), count => count == 40);
        (await api.Database.Scalar<long>("SELECT count(DISTINCT xmin::text) FROM platform.inbox_messages WHERE tenant_id = $1 AND consumer LIKE 'insights-%'", tenant.Id)).ShouldBeLessThan(40);
        (await ReceiptsOf(tenant, "insights-when-session-scheduled")).ShouldBe(40);
        (await ReceiptsOf(tenant, "insights-when-session-cancelled")).ShouldBe(40);
    }

    [Fact]
    public async Task Of_messages_that_wait_together_one_that_cannot_be_carried_out_keeps_none_back()
    {
        var tenant = await api.NewTenant();

        // One is of more than an amount can be in the database.
        await InsertAtOnce(tenant, [.. Enumerable.Repeat(12.5m, 30).Append(1e20m).Select(amount => (Spent, Expense(amount)))]);

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM insights.expense_facts WHERE tenant_id = $1", tenant.Id), count => count == 30);
        await Eventually.Get(
            () => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE tenant_id = $1 AND last_error IS NOT NULL", tenant.Id), refused => refused == 1);
        (await ReceiptsOf(tenant, "insights-when-expense-recorded")).ShouldBe(30);

        static string Expense(decimal amount) => JsonSerializer.Serialize(new { ExpenseId = Guid.CreateVersion7(), FundId = Guid.CreateVersion7(), Amount = amount, Currency = "GBP", IncurredOn = "2030-01-15" });
    }

    [Fact]
    public async Task Of_two_messages_that_open_the_same_shift_one_is_refused_and_no_other_is_kept_back()
    {
        var tenant = await api.NewTenant();
        var sessions = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToList();

        // Two of them are about the same session: its facts are one row, and it has one shift only.
        await InsertAtOnce(tenant, [.. sessions.Append(sessions[7]).Select(s => (Scheduled, Roster.ScheduledEvent(s)))]);

        await Eventually.Get(() => FactsOf(tenant), count => count == 30);
        await Eventually.Get(() => ShiftsOf(tenant), count => count == 30);
        await Eventually.Get(
            () => api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE tenant_id = $1 AND last_error LIKE '%already-taken%'", tenant.Id), refused => refused == 1);
        (await ShiftsOf(tenant)).ShouldBe(30);
    }

    [Fact]
    public async Task A_projection_leaves_no_audit_entry_of_its_own()
    {
        var tenant = await api.NewTenant();

        await tenant.NewShift(Roster.At());

        await Eventually.Get(() => FactsOf(tenant), count => count == 1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND action = 'open-shift'", tenant.Id)).ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND records LIKE '%Fact%'", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_claim_takes_no_more_than_it_asks_for_whatever_the_plan()
    {
        DatabaseServer.OnPostgreSqlOnly("its planner is steered by settings of its own.");
        var tenant = await api.NewTenant();
        await using var connection = new NpgsqlConnection(api.Database.Superuser);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var rows = new NpgsqlCommand(
            $"""
            SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_material = off; SET LOCAL enable_hashagg = off; SET LOCAL enable_sort = off;
            UPDATE platform.outbox_messages SET due_at = now() + interval '1 hour';
            INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts)
            SELECT gen_random_uuid(), '{tenant.Id}', 'none', '', now(), now(), 0 FROM generate_series(1, 50)
            """, connection);
        await rows.ExecuteNonQueryAsync();

        await using var claim = new NpgsqlCommand(new PostgreSqlDatabase().ClaimOutboxSql.Replace("{0}", "now()", StringComparison.Ordinal)
            .Replace("{1}", "now() + interval '1 minute'", StringComparison.Ordinal).Replace("{2}", "10", StringComparison.Ordinal).Replace("{3}", $"'{Guid.NewGuid()}'", StringComparison.Ordinal), connection);
        var claimed = 0;
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            claimed++;
        }

        claimed.ShouldBe(10);
    }

    private Task<long> ShiftsOf(Tenant tenant) => api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id);

    private Task<long> FactsOf(Tenant tenant) => api.Database.Scalar<long>("SELECT count(*) FROM insights.session_facts WHERE tenant_id = $1", tenant.Id);

    private Task<long> ReceiptsOf(Tenant tenant, string consumer) =>
        api.Database.Scalar<long>("SELECT count(*) FROM platform.inbox_messages WHERE tenant_id = $1 AND consumer = $2", tenant.Id, consumer);

    /// <summary>Events that all fall due at the same moment.</summary>
    private async Task InsertAtOnce(Tenant tenant, IEnumerable<(string Type, string Body)> events)
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(2);
        foreach (var (type, body) in events)
        {
            await Insert(tenant, type, body, due: due);
        }
    }

    private async Task<Guid> Insert(Tenant tenant, string type, string body, Guid? id = null, DateTimeOffset? due = null)
    {
        var message = id ?? Guid.CreateVersion7();
        await api.Database.Execute(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0)", message, tenant.Id, type, body, DateTimeOffset.UtcNow, due ?? DateTimeOffset.UtcNow);
        return message;
    }
}
