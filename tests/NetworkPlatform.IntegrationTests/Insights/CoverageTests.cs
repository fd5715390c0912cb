using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Insights;

/// <summary>Whether the shifts of the coming sessions are covered, each by itself.</summary>
public sealed class CoverageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_session_is_not_covered_by_whoever_greets_at_it()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 2);
        var greeter = shift with { Id = (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = shift.SessionId, places = 1 }).Created()).Id() };
        var greeting = (await tenant.SignUp(greeter, await tenant.NewVolunteer()).Created()).Id();

        await Covered(tenant, shifts: 2, places: 3, confirmed: 1, uncovered: 1, open: 2);

        await tenant.SignUp(shift, await tenant.NewVolunteer()).Created();
        await tenant.Admin.Patch($"/shifts/{shift.Id}", new { places = 4 }, ("If-Match", (await tenant.Admin.Get($"/shifts/{shift.Id}")).ETag!)).NoContent();
        await tenant.Admin.Post($"/signups/{greeting}/cancel").NoContent();

        await Covered(tenant, shifts: 2, places: 5, confirmed: 1, uncovered: 1, open: 4);

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/cancel").NoContent();

        await Covered(tenant, shifts: 0, places: 0, confirmed: 0, uncovered: 0, open: 0, sessions: 0, cancelled: 1);
    }

    private static Task<JsonElement> Covered(Tenant tenant, int shifts, int places, int confirmed, int uncovered, int open, int sessions = 1, int cancelled = 0) => Eventually.Get(
        () => tenant.Admin.Get("/insights/coverage").Ok(),
        c => (c.Number("shifts"), c.Number("places"), c.Number("confirmed"), c.Number("uncovered"), c.Number("open"), c.Number("sessions"), c.Number("cancelled"))
            == (shifts, places, confirmed, uncovered, open, sessions, cancelled));
}
