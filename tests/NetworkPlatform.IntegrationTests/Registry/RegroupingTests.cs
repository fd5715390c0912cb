using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Registry;

/// <summary>A list gives a meeting to another group.</summary>
public sealed class RegroupingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_meeting_that_leaves_a_closed_group_has_its_sessions_again_but_what_a_person_cancelled()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("hall", Roster.At(2), "Hall Group")));
        var before = await ImportTests.SessionsOf(tenant, "Hall Group");
        await tenant.Admin.Post($"/sessions/{before[1].Id()}/cancel", new { reason = "The hall is flooded." }).NoContent();
        await tenant.Admin.Post($"/groups/{await GroupOf(tenant, "Hall Group")}/close").NoContent();

        await ImportTests.Import(tenant, chapter, List(("hall", Roster.At(2), "Hall Circle")));

        var after = (await ImportTests.SessionsOf(tenant, "Hall Circle")).FindAll(s => s.Text("status") == "scheduled");
        after.Select(s => s.Text("startsAt")).ShouldBe(before.Where((_, week) => week != 1).Select(s => s.Text("startsAt")));
        await Eventually.Get(() => Shifts(tenant), all => all.Count(s => s.Text("status") == "open" && after.Exists(a => a.Text("id") == s.Text("sessionId"))) == after.Count);
    }

    [Fact]
    public async Task A_meeting_that_comes_to_a_closed_group_has_its_sessions_cancelled_until_it_leaves()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Evening Group")));
        var before = await ImportTests.SessionsOf(tenant, "Evening Group");
        await tenant.Admin.Post($"/groups/{await GroupOf(tenant, "Hall Group")}/close").NoContent();

        await ImportTests.Import(tenant, chapter, List(("other", Roster.At(3), "Hall Group")));

        var sessions = (await ImportTests.SessionsOf(tenant, "Hall Group")).FindAll(s => before.Exists(b => b.Id() == s.Id()));
        sessions.Count.ShouldBe(before.Count);
        sessions.ShouldAllBe(s => s.Text("status") == "cancelled" && s.Text("cancelReason") == "The group has closed.");
        await Eventually.Get(() => Shifts(tenant), all => all.Count > 0 && all.TrueForAll(s => s.Text("status") == "cancelled"));

        await ImportTests.Import(tenant, chapter, List(("other", Roster.At(3), "Evening Group")));

        (await ImportTests.SessionsOf(tenant, "Evening Group")).Where(s => s.Text("status") == "scheduled").Select(s => s.Text("startsAt")).ShouldBe(before.Select(s => s.Text("startsAt")));
    }

    [Fact]
    public async Task Shifts_series_and_reports_go_with_the_meeting_and_those_of_the_groups_other_meetings_stay()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Hall Group")));
        var hall = await GroupOf(tenant, "Hall Group");
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count == 16);
        var (stays, goes) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var greeters = await tenant.Admin.Post("/shifts", new { sessionId = shifts[1].Text("sessionId"), role = "greeter", places = 1 }).Created();
        await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = stays }).Created();
        await tenant.Admin.Post($"/shifts/{shifts[1].Id()}/standing-signups", new { volunteerId = goes, everyWeeks = 2 }).Created();

        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Evening Group")));

        var evening = await GroupOf(tenant, "Evening Group");
        var moved = await Eventually.Get(async () => (await Shifts(tenant)).FindAll(s => s.Text("groupId") == evening.ToString()), all => all.Count == 9);
        moved.ShouldAllBe(s => s.Text("title") == "Evening Group" && StartOf(s).DayOfWeek == Roster.At(3).DayOfWeek);
        moved.ShouldContain(s => s.Id() == greeters.Id());
        await api.Database.EventsHaveLeft();
        (await tenant.Admin.All("/standing-signups")).Select(s => (s.GetProperty("volunteerId").GetGuid(), s.GetProperty("groupId").GetGuid()))
            .ShouldBe([(stays, hall), (goes, evening)], ignoreOrder: true);
        (await api.Database.Scalar<long>("SELECT count(*) FROM insights.session_facts WHERE tenant_id = $1 AND group_id = $2", tenant.Id, evening)).ShouldBe(8);

        // What is opened later is theirs, too.
        await tenant.Admin.Post($"/sessions/{shifts[1].Text("sessionId")}/cancel").NoContent();
        await api.Database.EventsHaveLeft();
        await tenant.Admin.Post($"/groups/{evening}/meetings", Roster.Meeting(Roster.At(3), minutes: 60)).Created();
        await Eventually.Get(() => Shifts(tenant), all => all.Exists(s => s.Text("status") == "open" && StartOf(s) == Roster.At(3) && s.Number("taken") == 1));
    }

    [Fact]
    public async Task A_series_goes_on_at_its_meetings_new_time_and_not_at_that_of_a_single_session()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("hall", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Hall Group")));
        var hall = await GroupOf(tenant, "Hall Group");
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count == 16);
        var (volunteer, others) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer, everyWeeks = 2 }).Created();
        await tenant.Admin.Post($"/shifts/{shifts[1].Id()}/standing-signups", new { volunteerId = others }).Created();
        await tenant.Admin.Post($"/sessions/{shifts[0].Text("sessionId")}/move", new { startsOn = $"{Roster.At(2):yyyy-MM-dd}", startTime = "15:00" }).Ok();
        await api.Database.EventsHaveLeft();
        (await StartTimes(tenant)).ShouldBe([(volunteer, "12:00:00"), (others, "12:00:00")], ignoreOrder: true);

        await ImportTests.Import(tenant, chapter, List(("hall", Roster.At(2, hours: 6), "Hall Group"), ("other", Roster.At(3), "Hall Group")));
        await api.Database.EventsHaveLeft();

        (await StartTimes(tenant)).ShouldBe([(volunteer, "18:00:00"), (others, "12:00:00")], ignoreOrder: true);

        // What is opened later is theirs, too.
        var off = (await Shifts(tenant)).Single(s => StartOf(s) == Roster.At(16, hours: 6));
        await tenant.Admin.Post($"/sessions/{off.Text("sessionId")}/cancel").NoContent();
        await api.Database.EventsHaveLeft();
        await tenant.Admin.Post($"/groups/{hall}/meetings", Roster.Meeting(Roster.At(16, hours: 6), minutes: 60)).Created();
        await Eventually.Get(() => Shifts(tenant), all => all.Exists(s => s.Text("status") == "open" && StartOf(s) == Roster.At(16, hours: 6) && s.Number("taken") == 1));
    }

    [Fact]
    public async Task A_series_goes_on_with_its_own_meeting_whatever_time_another_of_the_group_has_or_gets()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("beginners", Roster.At(2), "Hall Group"), ("main", Roster.At(2, hours: 1), "Hall Group")));
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count == 16);
        var (beginner, main, greeter) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = beginner }).Created();
        await tenant.Admin.Post($"/shifts/{shifts[1].Id()}/standing-signups", new { volunteerId = main }).Created();

        // A role that no shift is open in when the list changes, and a session that is at the other meeting's time then.
        var greeting = await tenant.Admin.Post("/shifts", new { sessionId = shifts[0].Text("sessionId"), role = "greeter", places = 1 }).Created();
        await tenant.Admin.Post($"/shifts/{greeting.Id()}/standing-signups", new { volunteerId = greeter }).Created();
        await tenant.Admin.Post($"/sessions/{shifts[0].Text("sessionId")}/cancel").NoContent();
        await tenant.Admin.Post($"/sessions/{shifts[2].Text("sessionId")}/move", new { startsOn = $"{Roster.At(9):yyyy-MM-dd}", startTime = "13:00" }).Ok();
        await api.Database.EventsHaveLeft();

        await ImportTests.Import(tenant, chapter, List(("beginners", Roster.At(2, hours: 1), "Hall Group"), ("main", Roster.At(2, hours: 2), "Hall Group")));
        await api.Database.EventsHaveLeft();

        (await StartTimes(tenant)).ShouldBe([(beginner, "13:00:00"), (main, "14:00:00"), (greeter, "13:00:00")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_series_from_before_meetings_were_told_goes_on_with_the_one_at_its_time()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("beginners", Roster.At(2), "Hall Group"), ("main", Roster.At(2, hours: 1), "Hall Group")));
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count == 16);
        var (beginner, main) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = beginner }).Created();
        await tenant.Admin.Post($"/shifts/{shifts[1].Id()}/standing-signups", new { volunteerId = main }).Created();
        foreach (var table in (string[])["shifts", "standing_sign_ups"])
        {
            await api.Database.Execute($"UPDATE rostering.{table} SET meeting_id = NULL WHERE tenant_id = $1", tenant.Id);
        }

        await ImportTests.Import(tenant, chapter, List(("beginners", Roster.At(2, hours: 1), "Hall Group"), ("main", Roster.At(2, hours: 2), "Hall Group")));
        await api.Database.EventsHaveLeft();

        (await StartTimes(tenant)).ShouldBe([(beginner, "13:00:00"), (main, "14:00:00")], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_meetings_of_one_time_exchange_their_groups_and_each_takes_its_series_along()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(2), "Evening Group")));
        var (hall, evening) = (await GroupOf(tenant, "Hall Group"), await GroupOf(tenant, "Evening Group"));
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count == 16);
        var (ofOne, ofOther) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.Admin.Post($"/shifts/{shifts.First(s => s.Text("groupId") == $"{hall}").Id()}/standing-signups", new { volunteerId = ofOne }).Created();
        await tenant.Admin.Post($"/shifts/{shifts.First(s => s.Text("groupId") == $"{evening}").Id()}/standing-signups", new { volunteerId = ofOther }).Created();

        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Evening Group"), ("other", Roster.At(2), "Hall Group")));
        await api.Database.EventsHaveLeft();

        (await tenant.Admin.All("/standing-signups")).Select(s => (s.GetProperty("volunteerId").GetGuid(), s.GetProperty("groupId").GetGuid()))
            .ShouldBe([(ofOne, evening), (ofOther, hall)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_meeting_has_left_behind_takes_no_series_of_another_along()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, List(("other", Roster.At(2), "Hall Group")));
        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Hall Group")));
        var hall = await GroupOf(tenant, "Hall Group");
        var shifts = await Eventually.Get(() => Shifts(tenant), all => all.Count(s => s.Text("status") == "cancelled") == 8 && all.Count(s => s.Text("status") == "open") == 16);
        var volunteer = await tenant.NewVolunteer();
        var first = shifts.First(s => s.Text("status") == "open" && StartOf(s) == Roster.At(2));
        await tenant.Admin.Post($"/shifts/{first.Id()}/standing-signups", new { volunteerId = volunteer }).Created();

        await ImportTests.Import(tenant, chapter, List(("one", Roster.At(2), "Hall Group"), ("other", Roster.At(3), "Evening Group")));

        var evening = await GroupOf(tenant, "Evening Group");
        await Eventually.Get(() => Shifts(tenant), all => all.Count(s => s.Text("groupId") == evening.ToString()) >= 8);
        await api.Database.EventsHaveLeft();
        (await tenant.Admin.All("/standing-signups")).ShouldHaveSingleItem().GetProperty("groupId").GetGuid().ShouldBe(hall);
        (await Shifts(tenant)).FindAll(s => s.Text("groupId") == evening.ToString()).ShouldAllBe(s => s.Text("status") == "open");
    }

    private static async Task<Guid> GroupOf(Tenant tenant, string name) => (await tenant.Admin.All("/groups")).Single(g => g.Text("name") == name).Id();

    private static async Task<List<JsonElement>> Shifts(Tenant tenant) => await tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z");

    private static async Task<List<(Guid, string)>> StartTimes(Tenant tenant) =>
        (await tenant.Admin.All("/standing-signups")).ConvertAll(s => (s.GetProperty("volunteerId").GetGuid(), s.Text("startTime")));

    private static DateTimeOffset StartOf(JsonElement session) => session.GetProperty("startsAt").GetDateTimeOffset();

    private static string List(params (string Slug, DateTimeOffset First, string Group)[] rows) => JsonSerializer.Serialize(rows.Select(r =>
        new { slug = r.Slug, name = r.Slug, day = (int)r.First.DayOfWeek, time = $"{r.First:HH:mm}", end_time = $"{r.First.AddHours(1):HH:mm}", group = r.Group, conference_url = "https://meet.example/hall" }));
}
