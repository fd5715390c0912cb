using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Which shifts somebody may take, who could fill one, and what coordinators should look at.</summary>
public sealed class EligibilityTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_shift_says_whether_a_volunteer_may_take_it_and_why_not()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var taken = await tenant.NewShift(Roster.At(3), minutes: 60);
        var overlapping = await tenant.NewShift(Roster.At(3).AddMinutes(30), minutes: 60);
        var close = await tenant.NewShift(Roster.At(3, hours: 5), minutes: 60);
        var free = await tenant.NewShift(Roster.At(6), minutes: 60);
        var long_ = await tenant.NewShift(Roster.At(9), minutes: 200);
        var checkedOnly = await tenant.NewShift(Roster.At(12), minutes: 60);
        await tenant.Admin.Patch($"/shifts/{checkedOnly.Id}", new { terms = new { qualifications = new[] { "background-check" } } }, ("If-Match", (await tenant.Admin.Get($"/shifts/{checkedOnly.Id}")).ETag!)).NoContent();
        await tenant.SignUp(taken, volunteer).Created();

        var mine = (await self.Get("/shifts?eligibleFor=me&limit=200").Ok()).GetProperty("items").EnumerateArray().ToDictionary(s => s.Id(), s => s.GetProperty("eligibility"));
        var asSeen = (await tenant.Admin.Get($"/shifts?eligibleFor={volunteer}").Ok()).GetProperty("items").EnumerateArray().ToDictionary(s => s.Id(), s => s.GetProperty("eligibility"));

        Problem(taken).ShouldBe("already-signed-up");
        Problem(overlapping).ShouldBe("shift-overlap");
        Problem(close).ShouldBe("burnout-limit");
        mine[close.Id].GetProperty("violations").EnumerateArray().Select(v => v.Text("rule")).Contains("rest-between-shifts", StringComparer.Ordinal).ShouldBeTrue();
        mine[close.Id].GetProperty("eligibleAt").GetDateTimeOffset().ShouldBe(Roster.At(3, hours: 12));
        mine[free.Id].GetProperty("eligible").GetBoolean().ShouldBeTrue();
        mine[long_.Id].GetProperty("eligible").GetBoolean().ShouldBeTrue();
        mine[long_.Id].GetProperty("violations")[0].Text("severity").ShouldBe("warn");
        Problem(checkedOnly).ShouldBe("qualification-missing");
        mine[checkedOnly.Id].GetProperty("missing")[0].GetString().ShouldBe("background-check");
        asSeen.Keys.ShouldBe(mine.Keys, ignoreOrder: true);

        // What the list says is what a sign-up answers.
        foreach (var shift in new[] { overlapping, close, checkedOnly })
        {
            (await tenant.SignUp(shift, volunteer)).ProblemType.ShouldBe(Problem(shift));
        }

        string Problem(OpenedShift shift) => mine[shift.Id].Text("problem");
    }

    [Fact]
    public async Task The_list_takes_the_same_number_of_queries_for_two_shifts_and_for_many()
    {
        DatabaseServer.OnPostgreSqlOnly("statements are told apart by the database's name in the connection string");
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var group = await tenant.NewGroup();
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=DAILY")).Created();
        await Eventually.Get(() => tenant.Admin.All("/shifts"), shifts => shifts.Count > 50);
        await api.Database.EventsHaveLeft(); // opening the rest would be counted, too

        await tenant.Admin.Get($"/shifts?eligibleFor={volunteer}&limit=2").Ok(); // from now on the limits are remembered
        using var seen = new SentCommands(api.Database.Settings["Database:ConnectionString"], "FROM rostering.");
        await tenant.Admin.Get($"/shifts?eligibleFor={volunteer}&limit=2").Ok();
        var few = seen.Take();
        (await tenant.Admin.Get($"/shifts?eligibleFor={volunteer}&limit=50").Ok()).GetProperty("items").GetArrayLength().ShouldBe(50);
        var many = seen.Take();

        many.ShouldBe(few);
        many.ShouldBeLessThanOrEqualTo(5);
        await tenant.Admin.Get("/shifts?limit=101").Problem(400, "invalid");
        (await tenant.Admin.Get($"/shifts?eligibleFor={volunteer}&limit=201")).ShouldBeInvalid("limit");
        (await tenant.Admin.Get("/shifts?eligibleFor=you")).ShouldBeInvalid("eligibleFor");
        (await tenant.Admin.Get("/shifts?role=juggler")).ShouldBeInvalid("role");
    }

    [Fact]
    public async Task Those_who_could_fill_a_gap_come_in_the_order_of_what_they_carry()
    {
        var tenant = await api.NewTenant();
        var gap = await tenant.NewShift(Roster.At(7), minutes: 60);
        var (fresh, some, tired, busy) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.SignUp(await tenant.NewShift(Roster.At(4), minutes: 60), some).Created();
        await tenant.SignUp(await tenant.NewShift(Roster.At(5), minutes: 210), tired).Created();
        await tenant.SignUp(await tenant.NewShift(Roster.At(7, hours: 3), minutes: 60), busy).Created();

        var people = (await tenant.Admin.Get($"/shifts/{gap.Id}/stand-ins").Ok()).GetProperty("items").EnumerateArray().ToList();

        people.Select(p => p.GetProperty("volunteerId").GetGuid()).ShouldBe([fresh, some, tired]);
        people.Select(p => p.GetProperty("hoursInWeek").GetDecimal()).ShouldBe([1, 2, 4.5m]);
        await tenant.Admin.Get($"/shifts/{Guid.NewGuid()}/stand-ins").Problem(404, "shift-not-found");
    }

    [Fact]
    public async Task Of_those_who_carry_the_same_around_it_who_has_done_the_least_lately_comes_first()
    {
        var tenant = await api.NewTenant();
        var (much, little, longAgo) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.SignUp(await tenant.NewShift(Roster.At(40), minutes: 120), much).Created();
        await tenant.SignUp(await tenant.NewShift(Roster.At(40), minutes: 60), little).Created();
        await tenant.SignUp(await tenant.NewShift(Roster.At(2), minutes: 180), longAgo).Created();
        var gap = await ShiftTermsTests.Alone(tenant, "outreach", Roster.At(95), hours: 2);

        var people = (await tenant.Admin.Get($"/shifts/{gap}/stand-ins").Ok()).GetProperty("items").EnumerateArray().ToList();

        people.Select(p => p.GetProperty("volunteerId").GetGuid()).ShouldBe([longAgo, little, much]);
        people.Select(p => p.GetProperty("hoursLately").GetDecimal()).ShouldBe([0, 1, 2], "hours in the 90 days before it");
        people.Select(p => (p.GetProperty("hoursInWeek").GetDecimal(), p.GetProperty("warnings").GetArrayLength())).Distinct().ShouldHaveSingleItem("all else is the same");
    }

    [Fact]
    public async Task Those_who_have_said_that_they_cannot_come_last_and_it_says_why()
    {
        var tenant = await api.NewTenant("Etc/UTC");
        var start = Roster.At(9);
        var gap = await tenant.NewShift(start, minutes: 60);
        var (away, other, enough, willing, elsewhere) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await Change(away, "availability", HttpMethod.Put, new { weekly = new[] { new { day = start.DayOfWeek.ToString().ToLowerInvariant(), from = "00:00", until = "12:30" } } }, "\"0\"");
        await Change(elsewhere, "", HttpMethod.Patch, new { chapters = new[] { await tenant.NewChapter() } });
        await Change(other, "", HttpMethod.Patch, new { roles = new[] { "greeter" } });
        await Change(enough, "", HttpMethod.Patch, new { preferences = new { maxShiftsPerWeek = 1 } });
        await Change(willing, "", HttpMethod.Patch, new { preferences = new { maxShiftsPerWeek = 2 }, roles = new[] { "facilitator" } });
        await Change(willing, "availability", HttpMethod.Put, new { weekly = new[] { new { day = start.DayOfWeek.ToString().ToLowerInvariant(), from = "12:00", until = "13:00" } } }, "\"0\"");

        // In the same week, by whichever day that begins on for the gap.
        var beside = await tenant.NewShift(start.AddDays(start.DayOfWeek == DayOfWeek.Sunday ? -2 : 2).AddDays(start.DayOfWeek == DayOfWeek.Saturday ? -4 : 0), minutes: 60, places: 3);
        await tenant.SignUp(beside, enough).Created();
        await tenant.SignUp(beside, willing).Created();

        var people = (await tenant.Admin.Get($"/shifts/{gap.Id}/stand-ins").Ok()).GetProperty("items").EnumerateArray().ToList();

        people.ToDictionary(p => p.GetProperty("volunteerId").GetGuid(), p => string.Join(' ', p.GetProperty("against").EnumerateArray().Select(a => a.GetString())))
            .ShouldBe(new Dictionary<Guid, string> { [away] = "unavailable", [other] = "other-roles", [enough] = "shifts-per-week", [willing] = "", [elsewhere] = "other-chapters" }, ignoreOrder: true);
        people[0].GetProperty("volunteerId").GetGuid().ShouldBe(willing, "though they carry more than two of the others");

        async Task Change(Guid volunteer, string what, HttpMethod method, object body, string? version = null)
        {
            var path = $"/volunteers/{volunteer}/{what}".TrimEnd('/');
            var answer = await tenant.Admin.Send(method, path, body, ("If-Match", version ?? (await tenant.Admin.Get(path)).ETag!));
            ((int)answer.Status).ShouldBeLessThan(300, answer.Body);
        }
    }

    [Fact]
    public async Task Gaps_come_with_the_most_urgent_first_and_groups_that_hang_on_one_person_are_named()
    {
        var tenant = await api.NewTenant();
        var (alone, shared) = (await tenant.NewGroup(), await tenant.NewGroup());
        var later = await tenant.NewShift(Roster.At(20), groupId: shared);
        var half = await tenant.NewShift(Roster.At(3), groupId: alone);
        var soon = await tenant.NewShift(Roster.At(1), groupId: shared);
        var full = await tenant.NewShift(Roster.At(10), groupId: shared);
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.SignUp(half, one).Created();
        await tenant.SignUp(full, one).Created();
        await tenant.SignUp(full, two).Created();

        var gaps = (await tenant.Admin.Get("/coordination/gaps?weeks=4").Ok()).GetProperty("items").EnumerateArray().ToList();
        var single = (await tenant.Admin.Get("/coordination/single-facilitator-groups").Ok()).GetProperty("items").EnumerateArray().ToList();

        gaps.Select(g => g.GetProperty("shiftId").GetGuid()).ShouldBe([soon.Id, half.Id, later.Id]);
        gaps.Single(g => g.GetProperty("shiftId").GetGuid() == half.Id).GetProperty("belowMinimum").GetBoolean().ShouldBeTrue();
        single.ShouldHaveSingleItem().GetProperty("groupId").GetGuid().ShouldBe(alone);
        single[0].GetProperty("volunteerId").GetGuid().ShouldBe(one);
        (await tenant.Admin.Get("/coordination/gaps?weeks=0")).ShouldBeInvalid("weeks");

        await tenant.Admin.Post($"/sessions/{half.SessionId}/cancel", new { reason = "Closed." }).NoContent();
        await Eventually.Get(async () => (await tenant.Admin.Get("/coordination/single-facilitator-groups").Ok()).GetProperty("items").GetArrayLength(), left => left == 0);
    }

    [Fact]
    public async Task Overloaded_and_silent_volunteers_are_named()
    {
        // Ids tell when they were made, by the machine's clock: so all of these were registered seventy days ago.
        await using var own = await ApiFixture.Start(api.Server);
        own.Host.Clock.Advance(TimeSpan.FromDays(70));
        var tenant = await own.NewTenant();
        var (overloaded, silent, usual) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        foreach (var day in (int[])[71, 73])
        {
            await tenant.SignUp(await tenant.NewShift(Roster.At(day), minutes: 180), overloaded).Created();
        }

        await tenant.SignUp(await tenant.NewShift(Roster.At(72), minutes: 60), usual).Created();

        var people = (await tenant.Admin.Get("/coordination/volunteers?silentDays=60").Ok()).GetProperty("items").EnumerateArray().ToDictionary(p => p.GetProperty("volunteerId").GetGuid());
        people.Keys.ShouldBe([overloaded, silent], ignoreOrder: true);
        people[overloaded].GetProperty("beyond").EnumerateArray().Select(b => b.Text("rule")).ShouldBe(["hours-7d"]);
        people[silent].GetProperty("silentSince").ValueKind.ShouldBe(JsonValueKind.String);

        // Also when it is longer ago than anything that a decision looks at. By then every token has ended.
        var client = await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/clients", new { name = "Next year's", roles = new[] { "coordinator" } }).Created();
        var last = Roster.At(72, hours: 1);
        own.Host.Clock.Advance(TimeSpan.FromDays(400));
        var then = await own.Client(client.Text("clientId"), client.Text("clientSecret"));
        (await then.Get("/coordination/volunteers?silentDays=60").Ok()).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("volunteerId").GetGuid() == usual)
            .GetProperty("silentSince").GetDateTimeOffset().ShouldBe(last);
    }
}
