using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Registry;

public sealed class RollingHorizonTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_calendar_stays_filled_for_eight_weeks_as_time_goes_by()
    {
        Assert.SkipUnless(api.Server.GivesDatabasesOfTheirOwn, "A node of the future would schedule for every other test's tenants in the shared database.");
        var tenant = await api.NewTenant();
        var group = await tenant.NewGroup();
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=WEEKLY")).Created();
        var before = (await tenant.Admin.All($"/groups/{group}/sessions")).Count;
        before.ShouldBe(8);

        // A node that starts three weeks later fills what has come within reach, and no date twice.
        await using var later = new ApiHost(api.Database.Settings);
        later.Clock.Advance(TimeSpan.FromDays(21));
        _ = later.Server;

        var after = await Eventually.Get(() => tenant.Admin.All($"/groups/{group}/sessions"), sessions => sessions.Count == before + 3);
        after.DistinctBy(s => s.Text("startsAt"), StringComparer.Ordinal).Count().ShouldBe(after.Count);
        await Eventually.Get(() => tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z"), shifts => shifts.Count == before + 3);
    }

    [Fact]
    public async Task A_node_that_goes_on_running_fills_what_has_come_within_reach_within_the_hour()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        await tenant.Admin.Post($"/groups/{await tenant.NewGroup()}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=WEEKLY")).Created();
        (await Sessions()).ShouldBe(8);

        own.Host.Clock.Advance(TimeSpan.FromDays(9 * 7));

        // Eight weeks again, and none for the week that has gone by meanwhile.
        await Eventually.Get(Sessions, sessions => sessions == 8 + 8);
        (await own.Database.Scalar<long>("SELECT count(DISTINCT starts_at) FROM registry.sessions WHERE tenant_id = $1", tenant.Id)).ShouldBe(8 + 8);
        await Eventually.Get(() => own.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id), shifts => shifts == 8 + 8);

        Task<long> Sessions() => own.Database.Scalar<long>("SELECT count(*) FROM registry.sessions WHERE tenant_id = $1", tenant.Id);
    }

    [Fact]
    public async Task After_a_change_to_a_zone_further_west_the_calendar_still_goes_on()
    {
        Assert.SkipUnless(api.Server.GivesDatabasesOfTheirOwn, "A node of the future would schedule for every other test's tenants in the shared database.");
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var now = DateTimeOffset.UtcNow;

        // A day or two, by the clock on the wall, lie between the two; the last date is one that a person cancelled.
        await ImportTests.Import(tenant, chapter, Daily("Pacific/Kiritimati"));
        var group = (await tenant.Admin.All("/groups")).ShouldHaveSingleItem().Id();
        await tenant.Admin.Post($"/sessions/{(await tenant.Admin.All($"/groups/{group}/sessions"))[^1].Id()}/cancel", new { reason = "The hall is flooded." }).NoContent();
        await ImportTests.Import(tenant, chapter, Daily("Etc/GMT+12"));
        await using var later = new ApiHost(api.Database.Settings);
        later.Clock.Advance(TimeSpan.FromDays(21));
        _ = later.Server;

        var sessions = await Eventually.Get(() => tenant.Admin.All($"/groups/{group}/sessions"), all => all.Exists(s => StartOf(s) > now.AddDays(75)));
        var scheduled = sessions.Where(s => s.Text("status") == "scheduled").Select(StartOf).Where(at => at > now.AddDays(2)).ToList();
        scheduled.Zip(scheduled.Skip(1), (one, next) => next - one).Where(between => between != TimeSpan.FromDays(1)).ShouldHaveSingleItem().ShouldBe(TimeSpan.FromDays(2), "but for the cancelled one there is one each day");

        static string Daily(string timezone) =>
            JsonSerializer.Serialize(new[] { new { slug = "daily", name = "Daily", day = Enumerable.Range(0, 7), time = "12:00", timezone, conference_url = "https://meet.example/daily" } });

        static DateTimeOffset StartOf(JsonElement session) => session.GetProperty("startsAt").GetDateTimeOffset();
    }

    [Fact]
    public async Task A_tenants_calendar_that_cannot_be_extended_holds_up_no_other_and_is_told()
    {
        Assert.SkipUnless(api.Server.GivesDatabasesOfTheirOwn, "Tenants are broken for good, which takes a database of its own.");
        await using var mine = await ApiFixture.Start(api.Server);

        // Whichever way tenants are gone through, a broken one comes before the last.
        List<Tenant> tenants = [await mine.NewTenant(), await mine.NewTenant(), await mine.NewTenant(), await mine.NewTenant()];
        var (broken, whole, brokenToo, refused) = (tenants[0], tenants[1], tenants[2], tenants[3]);
        foreach (var tenant in tenants)
        {
            await tenant.Admin.Post($"/groups/{await tenant.NewGroup()}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=WEEKLY")).Created();
        }

        await mine.Database.EventsHaveLeft();
        await mine.Database.Execute("UPDATE registry.meetings SET scheduled_until = '2000-01-01'");
        await mine.Database.Execute("UPDATE registry.meetings SET recurrence = 'never' WHERE tenant_id IN ($1, $2)", broken.Id, brokenToo.Id);
        await mine.Database.Execute("DELETE FROM registry.sessions WHERE tenant_id = $1", whole.Id);

        using var host = await HostProcess.Start(mine.Database, rabbitMq: null, settings: new Dictionary<string, string>(mine.Database.Settings, StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "Warning" });

        await Eventually.Get(() => mine.Database.Scalar<long>("SELECT count(*) FROM registry.sessions WHERE tenant_id = $1", whole.Id), sessions => sessions == 8);
        foreach (var (tenant, reason) in new[] { (broken, "recurrence"), (brokenToo, "recurrence"), (refused, "already-taken") })
        {
            await Eventually.Get(() => Task.FromResult(host.Log.ToArray()), lines => Array.Exists(lines, l => l.Contains(tenant.Id.ToString(), StringComparison.Ordinal) && l.Contains(reason, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_closed_group_has_no_more_sessions()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());

        await tenant.Admin.Post($"/groups/{shift.GroupId}/close").NoContent();

        (await tenant.Admin.All($"/groups/{shift.GroupId}/sessions")).ShouldAllBe(s => s.Text("status") == "cancelled");
        await Eventually.Get(async () => (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Text("status"), status => status == "cancelled");
        await tenant.Admin.Post($"/groups/{shift.GroupId}/meetings", Roster.Meeting(Roster.At())).Problem(409, "group-is-closed");
    }
}
