using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Registry;

/// <summary>A list changes a meeting's timetable while somebody has put one of its sessions off.</summary>
public sealed class TimetableTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("10:00", "11:05")]
    [InlineData("11:00", "14:00")]
    public async Task A_session_put_off_to_later_today_stays_when_its_own_time_has_passed(string time, string end)
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter(ImportTests.ZoneAtNoon());
        await ImportTests.Import(tenant, chapter, ImportTests.Daily("18:00", "19:00"));
        var sessions = await ImportTests.SessionsOf(tenant, "Daily");
        var later = await tenant.Admin.Post($"/sessions/{sessions[0].Id()}/move", MoveSessionTests.TimeOf(new DateTimeOffset(DateTime.UtcNow.Date.AddHours(20), default))).Ok();

        await ImportTests.Import(tenant, chapter, ImportTests.Daily(time, end));

        var after = await ImportTests.SessionsOf(tenant, "Daily");
        after.ShouldAllBe(s => s.Text("status") == "scheduled");
        after.Count.ShouldBe(sessions.Count);
        after.Single(s => s.Id() == later.Id()).Text("startsAt").ShouldBe(later.Text("startsAt"));
        after.Select(s => s.Text("startsAt")).Intersect(sessions.Select(s => s.Text("startsAt")), StringComparer.Ordinal).ShouldBeEmpty("the others are at the new time");
    }

    [Fact]
    public async Task A_session_put_off_to_another_week_stays_whatever_its_meeting_changes_to()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        var chapter = await tenant.NewChapter(ImportTests.ZoneAtNoon());
        var program = await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/clients", new { name = "later", roles = (string[])["tenant-admin", "coordinator"] }).Created();
        var today = (int)DateTime.UtcNow.DayOfWeek;
        await ImportTests.Import(tenant, chapter, Weekly(today, "19:00"));
        var first = (await ImportTests.SessionsOf(tenant, "Weekly"))[0].Id();
        var putOff = await tenant.Admin.Post($"/sessions/{first}/move", MoveSessionTests.TimeOf(new DateTimeOffset(DateTime.UtcNow.Date.AddDays(9).AddHours(18), default))).Ok();
        await own.Database.EventsHaveLeft();
        own.Host.Clock.Advance(TimeSpan.FromDays(3));
        tenant = tenant with { Admin = await own.Client(program.Text("clientId"), program.Text("clientSecret")) };

        foreach (var (day, end) in ((int, string)[])[(today, "19:05"), ((today + 1) % 7, "19:05")])
        {
            await ImportTests.Import(tenant, chapter, Weekly(day, end));

            var session = (await ImportTests.SessionsOf(tenant, "Weekly")).Single(s => s.Id() == first);
            session.Text("status").ShouldBe("scheduled");
            session.Text("startsAt").ShouldBe(putOff.Text("startsAt"));
        }

        // The clock by which it is shown is the meeting's all the same.
        await ImportTests.Import(tenant, chapter, Weekly((today + 1) % 7, "19:05"), "&timeZone=Europe/Lisbon");
        var shift = await Eventually.Get(() => tenant.ShiftOf(first), s => s.Text("timeZone") == "Europe/Lisbon");
        shift.Text("startsAt").ShouldBe(putOff.Text("startsAt"));
    }

    [Fact]
    public async Task Shifts_and_what_their_volunteers_committed_to_keep_the_zone_that_their_meeting_has_now()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var list = Weekly((int)Roster.At(3).DayOfWeek, "19:00");
        await ImportTests.Import(tenant, chapter, list, "&timeZone=America/New_York");
        var sessions = await ImportTests.SessionsOf(tenant, "Weekly");
        var shift = await Eventually.Get(() => tenant.ShiftOf(sessions[0].Id()), s => s.ValueKind == JsonValueKind.Object);
        var volunteer = await tenant.NewVolunteer();
        var signUp = (await tenant.Admin.Post($"/shifts/{shift.Id()}/signups", new { volunteerId = volunteer }).Created()).Id();

        await ImportTests.Import(tenant, chapter, list, "&timeZone=Europe/London");

        await Zones("Europe/London");

        // By the clock of Lisbon it is the same instant: nothing that is about that time ends, and later moves count.
        var before = (await ImportTests.SessionsOf(tenant, "Weekly")).ConvertAll(s => s.Text("startsAt"));
        var swap = await tenant.Admin.Post($"/signups/{signUp}/swaps", new { }).Created();
        await ImportTests.Import(tenant, chapter, list, "&timeZone=Europe/Lisbon");

        await Zones("Europe/Lisbon");
        (await ImportTests.SessionsOf(tenant, "Weekly")).ConvertAll(s => s.Text("startsAt")).ShouldBe(before);
        (await tenant.Admin.All("/swaps?status=pending")).ShouldHaveSingleItem().Id().ShouldBe(swap.Id());
        var moved = await tenant.Admin.Post($"/sessions/{sessions[0].Id()}/move", MoveSessionTests.TimeOf(Roster.At(5))).Ok();
        await Eventually.Get(() => tenant.ShiftOf(sessions[0].Id()), s => s.GetProperty("startsAt").GetDateTimeOffset() == moved.GetProperty("startsAt").GetDateTimeOffset());

        async Task Zones(string zone)
        {
            await api.Database.EventsHaveLeft();
            (await tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z")).Where(s => s.Text("status") == "open").Select(s => s.Text("timeZone")).Distinct(StringComparer.Ordinal).ShouldBe([zone]);
            (await api.Database.Scalar<string>("SELECT time_zone FROM rostering.commitments WHERE id = $1", signUp)).ShouldBe(zone);
        }
    }

    private static string Weekly(int day, string end) =>
        JsonSerializer.Serialize(new[] { new { slug = "weekly", name = "Weekly", day, time = "18:00", end_time = end, conference_url = "https://meet.example/weekly" } });
}
