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
    }

    private static string Weekly(int day, string end) =>
        JsonSerializer.Serialize(new[] { new { slug = "weekly", name = "Weekly", day, time = "18:00", end_time = end, conference_url = "https://meet.example/weekly" } });
}
