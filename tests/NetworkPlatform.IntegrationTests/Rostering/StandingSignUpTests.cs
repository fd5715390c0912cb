using System.Globalization;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>"Every Tuesday, me."</summary>
public sealed class StandingSignUpTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_series_is_taken_at_its_local_time_over_both_changes_of_the_clocks()
    {
        await using var own = await ApiFixture.Start(api.Server);
        foreach (var today in (string[])["2027-03-15T12:00:00Z", "2027-10-18T12:00:00Z"])
        {
            own.Host.Clock.Advance(DateTimeOffset.Parse(today, CultureInfo.InvariantCulture) - own.Host.Clock.GetUtcNow());
            var tenant = await own.NewTenant();
            var (group, shifts) = await Weekly(tenant, "Europe/London", own.Host.Clock.GetUtcNow().AddDays(1));
            var volunteer = await tenant.NewVolunteer();

            var taken = await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer }).Created();

            var places = taken.GetProperty("shifts").EnumerateArray().ToList();
            places.Count.ShouldBe(shifts.Count);
            places.ShouldAllBe(p => p.Text("status") == "confirmed");
            places.Select(p => p.GetProperty("startsAt").GetDateTimeOffset().UtcDateTime.Hour).Distinct().Count().ShouldBe(2, "the clocks were changed in between");
            group.ShouldNotBe(Guid.Empty);
        }
    }

    [Fact]
    public async Task Another_time_another_weekday_and_every_other_week_are_left_out()
    {
        var tenant = await api.NewTenant();
        var (group, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(2, hours: 3), minutes: 60, recurrence: "FREQ=WEEKLY;COUNT=4")).Created();
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(4), minutes: 60, recurrence: "FREQ=WEEKLY;COUNT=4")).Created();
        await Eventually.Get(() => tenant.Admin.All("/shifts"), all => all.Count == shifts.Count + 8);
        var volunteer = await tenant.NewVolunteer();

        var taken = await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer, everyWeeks = 2 }).Created();

        taken.GetProperty("shifts").EnumerateArray().Select(p => p.GetProperty("shiftId").GetGuid()).ShouldBe(shifts.Where((_, week) => week % 2 == 0).Select(s => s.Id()));
    }

    [Fact]
    public async Task One_may_be_left_out_or_all_that_follow_and_those_opened_later_are_taken()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var standing = await self.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { except = new[] { Day(shifts[2]) } }).Created();
        var places = standing.GetProperty("shifts").EnumerateArray().ToList();
        places.Count.ShouldBe(shifts.Count - 1);

        await self.Post($"/signups/{places[1].GetProperty("signUpId").GetGuid()}/cancel").NoContent();
        var changed = await self.Patch($"/standing-signups/{standing.Id()}", new { until = Day(shifts[4]), except = Array.Empty<string>() }).Ok();

        changed.Number("cancelled").ShouldBe(shifts.Count - 5);
        changed.GetProperty("shifts").EnumerateArray().ShouldHaveSingleItem().GetProperty("shiftId").GetGuid().ShouldBe(shifts[2].Id(), "which was left out and no longer is");
        (await Confirmed(own, volunteer)).ShouldBe(4, "what they cancelled by itself stays cancelled");
        (await self.All("/standing-signups")).ShouldHaveSingleItem().Id().ShouldBe(standing.Id());

        // Without an end again, what comes within reach later is taken when it is opened.
        var goesOn = await self.Patch($"/standing-signups/{standing.Id()}", new { until = "2099-01-01" }).Ok();
        goesOn.GetProperty("shifts").EnumerateArray().Select(s => (s.GetProperty("shiftId").GetGuid(), s.Text("status"))).ShouldBe(shifts.Skip(5).Select(s => (s.Id(), "confirmed")));
        var before = await Confirmed(own, volunteer);
        before.ShouldBe(shifts.Count - 1);
        own.Host.Clock.Advance(TimeSpan.FromDays(21));
        await using var later = new ApiHost(own.Settings, own.Host.Clock);
        _ = later.Server;
        await Eventually.Get(() => Confirmed(own, volunteer), confirmed => confirmed > before);
    }

    [Fact]
    public async Task What_is_too_late_to_cancel_is_too_late_to_leave_out_of_the_series()
    {
        var tenant = await api.NewTenant();
        var soon = ShiftTermsTests.JustNow().AddHours(2.5);
        await tenant.Admin.Post($"/groups/{await tenant.NewGroup()}/meetings", Roster.Meeting(soon, minutes: 60, recurrence: "FREQ=WEEKLY;COUNT=3")).Created();
        var shifts = await Eventually.Get(() => tenant.Admin.All("/shifts"), all => all.Count == 3);
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var standing = (await self.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { }).Created()).Id();

        (await self.Patch($"/standing-signups/{standing}", new { except = new[] { Day(shifts[0]), Day(shifts[1]) } }).Problem(422, "cancel-cut-off-passed")).GetProperty("hours").GetDecimal().ShouldBe(3);
        (await Confirmed(api, volunteer)).ShouldBe(3, "a refusal changes nothing");
        (await self.Patch($"/standing-signups/{standing}", new { until = Day(shifts[0]) }).Ok()).Number("cancelled").ShouldBe(2);
        (await tenant.Admin.Patch($"/standing-signups/{standing}", new { except = new[] { Day(shifts[0]) } }).Ok()).Number("cancelled").ShouldBe(1);
    }

    [Fact]
    public async Task A_series_in_a_further_role_takes_what_is_opened_later()
    {
        var tenant = await api.NewTenant();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var (first, later) = (await Greeter(shifts[0]), shifts[1]);
        var volunteer = await tenant.NewVolunteer();
        await tenant.Admin.Post($"/shifts/{first}/standing-signups", new { volunteerId = volunteer }).Created();

        (await tenant.Admin.Get($"/shifts/{await Greeter(later)}").Ok()).Number("taken").ShouldBe(1);
        (await Confirmed(api, volunteer)).ShouldBe(2);

        async Task<Guid> Greeter(JsonElement shift) =>
            (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = shift.GetProperty("sessionId").GetGuid(), places = 1 }).Created()).Id();
    }

    [Fact]
    public async Task A_series_is_taken_ahead_of_the_window_and_goes_on_outside_it()
    {
        var tenant = await api.NewTenant();
        await ShiftTermsTests.Roles(tenant, "facilitator", new { opensDaysBefore = 7, closesHoursBefore = 72 }).NoContent();
        await ShiftTermsTests.Roles(tenant, "greeter", new { opensDaysBefore = 7, closesHoursBefore = 72 }).NoContent();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var (facilitator, greeter) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await tenant.Admin.Post($"/shifts/{shifts[1].Id()}/signups", new { volunteerId = facilitator }).Problem(422, "sign-up-not-open");

        var places = (await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = facilitator }).Created()).GetProperty("shifts").EnumerateArray().ToList();
        var late = await Greeting(shifts[0]);
        await tenant.Admin.Post($"/shifts/{late}/standing-signups", new { volunteerId = greeter }).Created();

        places[0].Text("problem").ShouldBe("sign-up-closed");
        places.Skip(1).ShouldAllBe(p => p.Text("status") == "confirmed");
        (await tenant.Admin.Get($"/shifts/{late}").Ok()).Number("taken").ShouldBe(0);
        (await tenant.Admin.Get($"/shifts/{await Greeting(shifts[1])}").Ok()).Number("taken").ShouldBe(1, "opened before its window does");

        async Task<Guid> Greeting(JsonElement shift) =>
            (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = shift.GetProperty("sessionId").GetGuid(), places = 1 }).Created()).Id();
    }

    [Fact]
    public async Task Shifts_that_the_limits_forbid_are_told_and_the_others_taken()
    {
        var tenant = await api.NewTenant();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(await tenant.NewShift(shifts[1].GetProperty("startsAt").GetDateTimeOffset().AddHours(3), minutes: 60), volunteer).Created();

        var places = (await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer }).Created()).GetProperty("shifts").EnumerateArray().ToList();

        places[1].Text("problem").ShouldBe("burnout-limit");
        places.Where((_, week) => week != 1).ShouldAllBe(p => p.Text("status") == "confirmed");
        var alone = await ShiftTermsTests.Alone(tenant, "training", Roster.At(3), hours: 1);
        await tenant.Admin.Post($"/shifts/{alone}/standing-signups", new { volunteerId = volunteer }).Problem(422, "shift-has-no-series");
        (await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer, everyWeeks = 9 })).ShouldBeInvalid("everyWeeks");
        await tenant.Admin.Patch($"/standing-signups/{Guid.NewGuid()}", new { }).Problem(404, "standing-sign-up-not-found");
    }

    [Fact]
    public async Task The_same_series_is_taken_once_until_it_ends()
    {
        var tenant = await api.NewTenant();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var (volunteer, other) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());

        var answers = await Task.WhenAll(Take(volunteer), Take(volunteer));

        answers.Select(a => (int)a.Status).ShouldBe([201, 409], ignoreOrder: true);
        var taken = answers.Single(a => (int)a.Status == 201).Json.Id();
        var refused = answers.Single(a => (int)a.Status == 409);
        refused.ShouldBeProblem(409, "series-already-taken");
        refused.Json.GetProperty("standingId").GetGuid().ShouldBe(taken);
        await Take(volunteer, from: 1).Problem(409, "series-already-taken");
        await Take(other, until: Day(shifts[1])).Created();
        await Take(other, from: 2).Created();
        await tenant.Admin.Patch($"/standing-signups/{taken}", new { until = $"{Roster.At(0):yyyy-MM-dd}" }).Ok();
        await Take(volunteer).Created();

        Task<Answer> Take(Guid who, int from = 0, string? until = null) => tenant.Admin.Post($"/shifts/{shifts[from].Id()}/standing-signups", new { volunteerId = who, until });
    }

    [Fact]
    public async Task A_series_that_ends_while_a_shift_is_being_opened_does_not_take_it()
    {
        DatabaseServer.OnPostgreSqlOnly("an advisory lock, held as by the one who ends the series.");
        var tenant = await api.NewTenant();
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2));
        var volunteer = await tenant.NewVolunteer();
        var standing = (await tenant.Admin.Post($"/shifts/{await Greeter(shifts[0])}/standing-signups", new { volunteerId = volunteer }).Created()).Id();
        await using var other = await api.Database.Open(api.Database.Superuser);

        // The end comes first: whoever opens the shift sees it.
        var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"volunteer {volunteer}");
        await TestDatabase.Execute(other, "UPDATE rostering.standing_sign_ups SET until = $2, version = version + 1 WHERE id = $1", standing, DateOf(shifts[0]));
        var opening = Greeter(shifts[1]);
        await Waiting(opening);
        await transaction.CommitAsync();
        (await tenant.Admin.Get($"/shifts/{await opening}").Ok()).Number("taken").ShouldBe(0);

        // The place comes first: whoever ends the series is told to look again, and then it is given back.
        await tenant.Admin.Patch($"/standing-signups/{standing}", new { until = "2099-01-01" }).Ok();
        transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"volunteer {volunteer}");
        var ending = tenant.Admin.Patch($"/standing-signups/{standing}", new { until = Day(shifts[2]) });
        await Waiting(ending);
        await TestDatabase.Execute(
            other, "UPDATE rostering.sign_ups SET standing_date = $2, version = version + 1 WHERE standing_id = $1 AND shift_id = $3", standing, DateOf(shifts[3]), await opening);
        await transaction.CommitAsync();
        (await ending).ShouldBeProblem(409, "changed-meanwhile");
        (await tenant.Admin.Patch($"/standing-signups/{standing}", new { until = Day(shifts[2]) }).Ok()).Number("cancelled").ShouldBe(1);

        Task Waiting(Task act) => Eventually.Get(() => api.Database.WaitingForLock("advisory"), waiting => waiting > 0 || act.IsCompleted);

        DateOnly DateOf(JsonElement shift) => DateOnly.Parse(Day(shift), CultureInfo.InvariantCulture);

        async Task<Guid> Greeter(JsonElement shift) =>
            (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = shift.GetProperty("sessionId").GetGuid(), places = 1 }).Created()).Id();
    }

    [Fact]
    public async Task No_series_takes_a_shift_on_a_date_on_which_its_chapter_does_not_meet_by_the_chapters_own_clock()
    {
        var tenant = await api.NewTenant();
        var (chapter, other) = (await tenant.NewChapter("Pacific/Auckland"), await tenant.NewChapter("Pacific/Auckland"));
        var (_, shifts) = await Weekly(tenant, "Etc/UTC", Roster.At(2), chapter);
        var (volunteer, coordinator) = (await tenant.NewVolunteer(), await tenant.AsSomebody("coordinator"));

        // Noon in UTC is after midnight in Auckland.
        var day = DateOnly.FromDateTime(Roster.At(2).UtcDateTime).AddDays(1);
        await coordinator.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { holidays = new[] { Holiday(14, "Founders' Day"), Holiday(62, "Midsummer"), Holiday(6, "not a day of theirs") } }).NoContent();
        await coordinator.Send(HttpMethod.Put, $"/chapters/{other}/holidays", new { holidays = new[] { Holiday(0, "elsewhere") } }).NoContent();
        await coordinator.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { holidays = new[] { Holiday(62, "Midsummer"), Holiday(14, "Founders' Day") } }).NoContent();
        (await coordinator.Get($"/chapters/{chapter}/holidays").Ok()).GetProperty("holidays").EnumerateArray().Select(h => (h.Text("date"), h.Text("name")))
            .ShouldBe([($"{day.AddDays(14):yyyy-MM-dd}", "Founders' Day"), ($"{day.AddDays(62):yyyy-MM-dd}", "Midsummer")]);

        var places = (await tenant.Admin.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { volunteerId = volunteer }).Created()).GetProperty("shifts").EnumerateArray().ToList();

        places[2].Text("problem").ShouldBe("chapter-does-not-meet");
        places[2].Text("detail").ShouldContain("Founders' Day");
        places.Where((_, week) => week != 2).ShouldAllBe(p => p.Text("status") == "confirmed");

        // The same for what is opened later.
        await coordinator.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { holidays = new[] { Holiday(15, "Midwinter") } }).NoContent();
        var another = await tenant.NewGroup(chapter);
        var first = await tenant.NewShift(Roster.At(3), minutes: 60, groupId: another);
        await tenant.Admin.Post($"/shifts/{first.Id}/standing-signups", new { volunteerId = await tenant.NewVolunteer() }).Created();
        foreach (var (days, taken) in ((int, int)[])[(7, 1), (14, 0)])
        {
            var opened = await tenant.NewShift(Roster.At(3 + days), minutes: 60, groupId: another);
            (await tenant.Admin.Get($"/shifts/{opened.Id}").Ok()).Number("taken").ShouldBe(taken, $"after {days} days");
        }

        (await Put(Holiday(1, ""))).ShouldBeInvalid("holidays[0].name");
        (await Put(Holiday(1, "Twice"), Holiday(1, "Again"))).ShouldBeInvalid("holidays");
        (await coordinator.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { })).ShouldBeInvalid("holidays");
        (await coordinator.Send(HttpMethod.Put, $"/chapters/{Guid.NewGuid()}/holidays", new { holidays = Array.Empty<object>() })).ShouldBeProblem(404, "chapter-not-found");
        (await coordinator.Get($"/chapters/{chapter}/holidays").Ok()).GetProperty("holidays").EnumerateArray().ShouldHaveSingleItem().Text("name").ShouldBe("Midwinter");

        object Holiday(int days, string name) => new { date = $"{day.AddDays(days):yyyy-MM-dd}", name };

        Task<Answer> Put(params object[] holidays) => coordinator.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { holidays });
    }

    private static string Day(JsonElement shift) => shift.GetProperty("startsAt").GetDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<long> Confirmed(ApiFixture api, Guid volunteer) =>
        api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE volunteer_id = $1 AND status = 'confirmed'", volunteer);

    private static async Task<(Guid Group, List<JsonElement> Shifts)> Weekly(Tenant tenant, string timeZone, DateTimeOffset first, Guid? chapter = null)
    {
        var group = await tenant.NewGroup(chapter);
        var meeting = new
        {
            startsOn = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            startTime = "12:00",
            durationMinutes = 60,
            timeZone,
            recurrence = "FREQ=WEEKLY",
            facilitators = 2,
            intensity = 1,
        };
        await tenant.Admin.Post($"/groups/{group}/meetings", meeting).Created();
        const int withinTheHorizonOfEightWeeks = 8;
        var shifts = await Eventually.Get(() => tenant.Admin.All("/shifts"), all => all.Count == withinTheHorizonOfEightWeeks);
        return (group, shifts);
    }
}
