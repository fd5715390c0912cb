using System.Globalization;
using System.Text.Json;
using NetworkPlatform.IntegrationTests.Rostering;

namespace NetworkPlatform.IntegrationTests.Insights;

/// <summary>Whether the limits keep volunteers from too much, told without telling of anybody.</summary>
public sealed class BurnoutTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Dictionary<string, int> Who5 = new(StringComparer.Ordinal) { ["1"] = 3, ["2"] = 3, ["3"] = 3, ["4"] = 3, ["5"] = 3 };

    private static readonly object Exception = new { reason = "exceptional-circumstances", note = "Nobody else could come." };

    [Fact]
    public async Task A_month_tells_how_many_volunteers_were_given_too_much_once_it_is_over()
    {
        var tenant = await api.NewTenant("Etc/UTC");
        var today = DateTime.UtcNow.Date;
        var thisMonth = new DateOnly(today.Year, today.Month, 1);
        var running = new DateTimeOffset(today, TimeSpan.Zero).AddMinutes((int)(DateTime.UtcNow - today).TotalMinutes);
        var usual = await tenant.NewShift(running, minutes: 60, places: 10);
        var longish = await tenant.NewShift(running, minutes: 200, places: 10);
        var tooLong = await tenant.NewShift(running, minutes: 250, places: 10);
        await Attend(tenant, usual, 5);
        await Attend(tenant, longish, 6);
        var overridden = await Attend(tenant, tooLong, 5, Exception);
        var absent = (await tenant.SignUp(longish, await tenant.NewVolunteer()).Created()).Id();
        await tenant.Admin.Post($"/signups/{absent}/attendance", new { outcome = "no-show" }).Ok();
        var person = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(person);
        for (var i = 0; i < 5; i++)
        {
            await self.Post($"/volunteers/{person}/check-ins", new { questionnaire = "who5", answers = Who5, consent = true }).Created();
        }

        await api.Database.EventsHaveLeft();
        (await Months(tenant)).Sum(m => m.GetProperty("volunteers").GetInt32()).ShouldBe(0, "this month is not over");
        (await api.Database.Scalar<long>("SELECT count FROM insights.check_in_counts WHERE tenant_id = $1", tenant.Id)).ShouldBe(5);

        await api.Database.Execute("UPDATE insights.attendance_facts SET local_month = $2 WHERE tenant_id = $1", tenant.Id, thisMonth.AddMonths(-1));
        await api.Database.Execute("UPDATE insights.check_in_counts SET local_month = $2 WHERE tenant_id = $1", tenant.Id, thisMonth.AddMonths(-1));
        var months = await Months(tenant);
        months.Count.ShouldBe(12);
        var last = months[^1];
        (last.Text("name"), last.Number("volunteers"), last.Number("overloaded"), last.Number("overridden"), last.Number("checkIns"))
            .ShouldBe((Name(thisMonth.AddMonths(-1)), 16, 11, 5, 5));
        last.GetProperty("limits").EnumerateArray().Select(l => (l.Text("rule"), l.Number("volunteers"))).ShouldBe([("shift-length", 11), ("hours-7d", 5)]);

        // A volunteer less, and five would be four.
        await api.Database.Execute("UPDATE insights.attendance_facts SET is_attended = false WHERE id = $1", overridden[0]);
        var fewer = (await Months(tenant))[^1];
        fewer.Number("overloaded").ShouldBe(10);
        fewer.GetProperty("overridden").ValueKind.ShouldBe(JsonValueKind.Null);

        (await Months(tenant, $"?from={Name(thisMonth.AddMonths(-2))}-01&to={Name(thisMonth.AddMonths(1))}-01")).Select(m => m.Text("name"))
            .ShouldBe([Name(thisMonth.AddMonths(-2)), Name(thisMonth.AddMonths(-1))]);
        (await Months(tenant, $"?from={Name(thisMonth.AddMonths(-1))}-02")).ShouldBeEmpty("a part of a month is not told");
        (await Months(await api.NewTenant())).Sum(m => m.Number("volunteers")).ShouldBe(0);
        (await self.Get("/insights/burnout")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await tenant.Admin.Get("/insights/burnout?from=yesterday")).ShouldBeProblem(400, "invalid");
    }

    [Fact]
    public async Task An_override_of_what_is_no_load_is_not_counted_as_one()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var held = (await tenant.SignUp(await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60), volunteer).Created()).Id();
        await tenant.Admin.Post($"/signups/{held}/attendance", new { outcome = "attended", minutes = 50, critical = true }).Ok();
        var longish = await tenant.NewShift(Roster.At(4), minutes: 200);
        var refusals = (await tenant.SignUp(longish, volunteer).Problem(422, "burnout-limit")).GetProperty("violations").EnumerateArray().Where(v => v.Text("severity") == "refuse");
        refusals.Select(v => v.Text("rule")).ShouldBe(["debrief"]);

        var signUp = (await tenant.Admin.Post($"/shifts/{longish.Id}/signups", new { volunteerId = volunteer, @override = Exception }).Created()).Id();

        (await OverloadOf(signUp)).ShouldStartWith("shift-length");
        (await api.Database.Scalar<bool>("SELECT is_overridden FROM insights.attendance_facts WHERE id = $1", signUp)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_that_is_offered_or_handed_over_counts_like_one_that_is_taken()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(days: 5), minutes: 200, places: 1);
        var (first, second, third) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var taken = (await tenant.SignUp(shift, first).Created()).Id();
        var waiting = (await tenant.SignUp(shift, second).Created()).Id();

        (await OverloadOf(taken)).ShouldBe("shift-length");
        (await Facts(tenant)).ShouldBe(1, "whoever waits has not taken anything");

        await tenant.Admin.Post($"/signups/{taken}/cancel", new { reason = "Ill." }).NoContent();
        (await OverloadOf(waiting)).ShouldBe("shift-length");

        await tenant.Admin.Post($"/signups/{waiting}/confirm").Ok();
        var swap = (await tenant.Admin.Post($"/signups/{waiting}/swaps", new { toVolunteerId = third }).Created()).Id();
        var handed = (await tenant.Admin.Post($"/swaps/{swap}/accept").Ok()).GetProperty("signUpId").GetGuid();
        (await OverloadOf(handed)).ShouldBe("shift-length");
        (await Facts(tenant)).ShouldBe(3);
    }

    private static string Name(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Guid>> Attend(Tenant tenant, OpenedShift shift, int volunteers, object? allowance = null)
    {
        List<Guid> attended = [];
        for (var i = 0; i < volunteers; i++)
        {
            var signUp = (await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = await tenant.NewVolunteer(), @override = allowance }).Created()).Id();
            await tenant.Admin.Post($"/signups/{signUp}/attendance", new { outcome = "attended", minutes = 60 }).Ok();
            attended.Add(signUp);
        }

        return attended;
    }

    private static async Task<IReadOnlyList<JsonElement>> Months(Tenant tenant, string period = "") =>
        [.. (await tenant.Admin.Get($"/insights/burnout{period}").Ok()).GetProperty("months").EnumerateArray()];

    private Task<string> OverloadOf(Guid signUp) =>
        Eventually.Get(() => api.Database.Scalar<string>("SELECT coalesce(max(overload), '') FROM insights.attendance_facts WHERE id = $1", signUp), overload => overload.Length > 0);

    private Task<long> Facts(Tenant tenant) => api.Database.Scalar<long>("SELECT count(*) FROM insights.attendance_facts WHERE tenant_id = $1", tenant.Id);
}
