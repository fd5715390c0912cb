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
