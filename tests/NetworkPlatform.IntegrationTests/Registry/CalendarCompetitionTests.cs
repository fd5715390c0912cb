using System.Data.Common;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Registry;

/// <summary>Two who change a chapter's calendar at the same moment: the first is held up where it adds its sessions, and goes on once the second has done what it can.</summary>
public sealed class CalendarCompetitionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>Who is held up.</summary>
    private const string HeldUp = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4711 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    [Fact]
    public async Task A_group_that_closes_while_a_meeting_is_scheduled_has_no_sessions()
    {
        var tenant = await Given();
        var group = await tenant.NewGroup();

        await Compete(tenant, group, () => tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=WEEKLY")));
    }

    [Fact]
    public async Task A_group_that_closes_while_a_list_is_taken_in_has_no_sessions()
    {
        var tenant = await Given();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List("12:00"));
        var group = (await tenant.Admin.All("/groups")).ShouldHaveSingleItem().Id();

        await Compete(tenant, group, () => ImportTests.Import(tenant, chapter, List("12:00", "another")));
    }

    [Fact]
    public async Task A_group_that_closes_while_the_calendar_goes_on_has_no_sessions()
    {
        var tenant = await Given();
        var group = await tenant.NewGroup();
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=WEEKLY")).Created();
        await api.Database.EventsHaveLeft();
        await api.Database.Execute("UPDATE registry.meetings SET scheduled_until = '2000-01-01' WHERE tenant_id = $1", tenant.Id);
        await api.Database.Execute("DELETE FROM registry.sessions WHERE tenant_id = $1", tenant.Id);
        await using var later = new ApiHost(api.Database.Settings);

        await Compete(tenant, group, async () =>
        {
            _ = later.Server;
            await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM registry.sessions WHERE tenant_id = $1", tenant.Id), sessions => sessions > 0);
        });
    }

    [Fact]
    public async Task Of_two_lists_the_one_handed_in_last_counts_also_where_the_first_has_to_be_tried_again()
    {
        var tenant = await Given();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List("12:00"));
        await api.Database.Execute("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not now''; END';
            CREATE TRIGGER fail BEFORE UPDATE ON registry.imports FOR EACH ROW WHEN (NEW.total = 1) EXECUTE FUNCTION fail();
            """);
        Guid first, second;
        try
        {
            first = await Request(List("13:00"));
            second = await Request(List("14:00", "another"));
            await Eventually.Get(
                async () => await IsCompleted(second) || await api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE body LIKE $1 AND last_error IS NOT NULL", $"%{second}%") > 0, done => done);
        }
        finally
        {
            await api.Database.Execute("DROP TRIGGER fail ON registry.imports; DROP FUNCTION fail();");
        }

        await Eventually.Get(async () => await IsCompleted(first) && await IsCompleted(second), done => done);
        (await tenant.Admin.All($"/groups/{(await tenant.Admin.All("/groups")).Single().Id()}/sessions")).ShouldAllBe(s => s.GetProperty("startsAt").GetDateTimeOffset().Hour == 14);

        async Task<Guid> Request(string list) => (await tenant.Admin.Post(
            $"/imports?format=meeting-guide&chapterId={chapter}", new StringContent(list, System.Text.Encoding.UTF8, "application/json")).Accepted()).Id();

        async Task<bool> IsCompleted(Guid import) => (await tenant.Admin.Get($"/imports/{import}").Ok()).Text("status") == "completed";
    }

    private static string List(string time, params string[] more) => JsonSerializer.Serialize(((string[])["hall", .. more]).Select(slug =>
        new { slug, name = slug, day = (int)Roster.At(2).DayOfWeek, time, group = "Hall Group", conference_url = "https://meet.example/hall" }));

    private async Task<Tenant> Given()
    {
        DatabaseServer.OnPostgreSqlOnly("a trigger holds up who adds sessions.");
        return await api.NewTenant();
    }

    /// <summary>Closes the group while its sessions are being added.</summary>
    private async Task Compete(Tenant tenant, Guid group, Func<Task> addSessions)
    {
        await api.Database.EventsHaveLeft();
        try
        {
            await WhileHeldUp();
        }
        finally
        {
            await api.Database.Execute("DROP TRIGGER hold_up ON registry.sessions; DROP FUNCTION hold_up();");
        }

        (await tenant.Admin.All($"/groups/{group}/sessions")).ShouldAllBe(s => s.Text("status") == "cancelled");

        async Task WhileHeldUp()
        {
            Task adding, closing;
            await using (await HoldUpSessions())
            {
                adding = Task.Run(addSessions);
                await Eventually.Get(() => api.Database.Scalar<long>(HeldUp), waiting => waiting == 1);
                closing = Task.Run(() => tenant.Admin.Post($"/groups/{group}/close").NoContent());
                await Eventually.Get(async () => closing.IsCompleted || await api.Database.WaitingForLock("advisory") == 2, done => done);
            }

            await Task.WhenAll(adding, closing);
        }
    }

    /// <summary>Until it is disposed of, whoever adds a session waits.</summary>
    private async Task<DbConnection> HoldUpSessions()
    {
        await api.Database.Execute("""
            CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END';
            CREATE TRIGGER hold_up BEFORE INSERT ON registry.sessions FOR EACH ROW EXECUTE FUNCTION hold_up();
            """);
        var connection = await api.Database.Open($"{api.Database.Superuser};Pooling=false");
        await TestDatabase.Execute(connection, "SELECT pg_advisory_lock(4711)");
        return connection;
    }
}
