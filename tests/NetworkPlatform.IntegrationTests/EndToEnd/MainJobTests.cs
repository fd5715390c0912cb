using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.EndToEnd;

/// <summary>The main job: from a real list of meetings to a covered, protected, paid-for session.</summary>
public sealed class MainJobTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task From_a_list_of_meetings_to_a_covered_protected_paid_for_session()
    {
        var tenant = await api.NewTenant(currency: "EUR");
        var chapter = await tenant.NewChapter();

        // A meeting that began ten minutes ago, but today, and one eight hours later, every day.
        var now = DateTimeOffset.UtcNow;
        var (running, later) = (now.AddMinutes(-Math.Min(10, now.TimeOfDay.TotalMinutes)), now.AddHours(8));
        var feed = JsonSerializer.Serialize(new[]
        {
            new { slug = "now", name = "Open Door", day = Enumerable.Range(0, 7), time = Clock(running), end_time = Clock(running.AddMinutes(90)), location = "Hall", formatted_address = "1 Main Street" },
            new { slug = "later", name = "Late Door", day = Enumerable.Range(0, 7), time = Clock(later), end_time = Clock(later.AddMinutes(60)), location = "Hall", formatted_address = "1 Main Street" },
        });
        var import = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", new StringContent(feed, Encoding.UTF8, "application/json")).Accepted();
        await Eventually.Get(() => tenant.Admin.Get($"/imports/{import.Id()}").Ok(), i => i.Text("status") == "completed");

        // Shifts open by themselves.
        var shifts = await Eventually.Get(() => tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z"), all => all.Count >= 112 && all.Exists(IsRunning) && all.Exists(IsLater));
        var (open, tooSoon) = (shifts.First(IsRunning), shifts.First(IsLater));

        // A volunteer takes one, and is protected from the next.
        var volunteer = await tenant.NewVolunteer();
        var signUp = await tenant.Admin.Post($"/shifts/{open.Id()}/signups", new { volunteerId = volunteer }).Created();
        var refusal = await tenant.Admin.Post($"/shifts/{tooSoon.Id()}/signups", new { volunteerId = volunteer }).Problem(422, "burnout-limit");
        refusal.GetProperty("violations").EnumerateArray().ShouldContain(v => v.Text("rule") == "rest-between-shifts");

        // A grant pays for it.
        var fund = (await tenant.Admin.Post("/funds", new { name = "Grant", currency = "EUR", restriction = new { kind = "chapter", chapterId = chapter } }).Created()).Id();
        await tenant.Admin.Post($"/funds/{fund}/income", new { amount = "500.00" }).Created();
        var group = open.GetProperty("groupId").GetGuid();
        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = group, amount = "200.00" }).Created();
        await tenant.Admin.Post($"/funds/{fund}/expenses", new { groupId = group, amount = "60.00", description = "Room" }).Created();

        // It is held, and the volunteer's time has a value.
        await tenant.Admin.Post($"/signups/{signUp.Id()}/attendance", new { outcome = "attended", minutes = 90 }).Ok();
        await tenant.Admin.Post($"/sessions/{open.GetProperty("sessionId").GetGuid()}/attendance", new { participants = 9 }).NoContent();
        var inKind = await Eventually.Get(() => tenant.Admin.Get("/funding/in-kind").Ok(), k => k.GetProperty("hours").GetDecimal() == 1.5m);
        inKind.Text("value").ShouldBe("30.00");

        // The administrator sees who stays, and what a session costs.
        var retention = await Eventually.Get(() => tenant.Admin.Get("/insights/retention").Ok(), r => r.GetProperty("volunteers").Number("active") == 1);
        retention.GetProperty("hours").GetProperty("total").GetDecimal().ShouldBe(1.5m);
        retention.GetProperty("cohorts").EnumerateArray().Single(c => c.Number("size") == 1).GetProperty("retained")[0].GetProperty("rate").GetDecimal().ShouldBe(1);
        var funding = await Eventually.Get(() => tenant.Admin.Get("/insights/funding").Ok(), f => f.Number("sessionsHeld") == 1 && f.GetProperty("currencies").GetArrayLength() == 1);
        funding.GetProperty("currencies")[0].Text("costPerSessionHeld").ShouldBe("60.00");
        var from = Uri.EscapeDataString(now.AddHours(-3).ToString("O", CultureInfo.InvariantCulture));
        var coverage = await Eventually.Get(() => tenant.Admin.Get($"/insights/coverage?from={from}").Ok(), c => c.Number("confirmed") == 1);
        coverage.Number("places").ShouldBe(coverage.Number("shifts") * 2);

        bool IsRunning(JsonElement shift) =>
            shift.Text("title") == "Open Door" && shift.GetProperty("startsAt").GetDateTimeOffset() < now && shift.GetProperty("endsAt").GetDateTimeOffset() > now;

        bool IsLater(JsonElement shift) => shift.Text("title") == "Late Door" && shift.GetProperty("startsAt").GetDateTimeOffset() > now;
    }

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
}
