using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Roles, shifts that stand alone, and on what terms places are given.</summary>
public sealed class ShiftTermsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_session_has_shifts_of_several_roles_that_move_and_end_with_it()
    {
        var tenant = await api.NewTenant();
        var facilitating = await tenant.NewShift(Roster.At(2), minutes: 60);
        var greeting = (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = facilitating.SessionId, places = 1 }).Created()).Id();
        await tenant.Admin.Post($"/shifts/{greeting}/signups", new { volunteerId = await tenant.NewVolunteer() }).Created();
        (await tenant.Admin.All("/shifts?role=greeter")).ShouldHaveSingleItem().Id().ShouldBe(greeting);
        await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = facilitating.SessionId, places = 1 }).Problem(409, "already-taken");

        await tenant.Admin.Post($"/sessions/{facilitating.SessionId}/move", new { startsOn = Roster.At(3).ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();
        await Eventually.Get(() => tenant.Admin.Get($"/shifts/{greeting}").Ok(), s => s.GetProperty("startsAt").GetDateTimeOffset() == Roster.At(3));
        await tenant.Admin.Post($"/shifts/{greeting}/cancel").Problem(422, "shift-belongs-to-session");

        await tenant.Admin.Post($"/sessions/{facilitating.SessionId}/cancel").NoContent();
        await Eventually.Get(() => tenant.Admin.Get($"/shifts/{greeting}").Ok(), s => s.Text("status") == "cancelled");
    }

    [Fact]
    public async Task Training_stands_alone_blocks_its_time_and_counts_by_half()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var training = await Alone(tenant, "training", Roster.At(2), hours: 8);
        await tenant.Admin.Post($"/shifts/{training}/signups", new { volunteerId = volunteer }).Created();

        await tenant.SignUp(await tenant.NewShift(Roster.At(2).AddHours(1), minutes: 60), volunteer).Problem(409, "shift-overlap");
        var evening = await tenant.SignUp(await tenant.NewShift(Roster.At(2).AddHours(8), minutes: 60), volunteer).Created();

        evening.GetProperty("warnings").EnumerateArray().Single(w => w.Text("rule") == "hours-7d").GetProperty("actual").GetDecimal().ShouldBe(5);
        await tenant.Admin.Post($"/shifts/{training}/cancel", new { reason = "The trainer is ill." }).NoContent();
        (await tenant.Admin.Get($"/shifts/{training}").Ok()).Text("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task What_a_shift_asks_for_must_be_held_on_its_day()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(10));
        var volunteer = await tenant.NewVolunteer();
        await Roles(tenant, "facilitator", new { qualifications = new[] { "background-check", "facilitator-training" } }).NoContent();

        (await tenant.SignUp(shift, volunteer).Problem(422, "qualification-missing")).GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ShouldBe(["background-check", "facilitator-training"]);
        await Grant(tenant, volunteer, "facilitator-training", "2020-01-01");
        await Grant(tenant, volunteer, "background-check", "2020-01-01", Roster.At(9).ToString("yyyy-MM-dd"));
        (await tenant.SignUp(shift, volunteer).Problem(422, "qualification-missing")).GetProperty("missing")[0].GetString().ShouldBe("background-check");
        await Grant(tenant, volunteer, "background-check", "2020-01-01", Roster.At(10).ToString("yyyy-MM-dd"));

        await tenant.SignUp(shift, volunteer).Created();
        (await tenant.Admin.Get($"/volunteers/{volunteer}/qualifications").Ok()).GetProperty("items").GetArrayLength().ShouldBe(2);
        await tenant.Admin.Delete($"/volunteers/{volunteer}/qualifications?code=background-check").NoContent();
        await tenant.Admin.Delete($"/volunteers/{volunteer}/qualifications?code=background-check").Problem(404, "qualification-not-found");
        (await tenant.Admin.Post($"/volunteers/{volunteer}/qualifications", new { code = "Bad Code", issuedOn = "2020-01-01" })).ShouldBeInvalid("code");
        (await tenant.Admin.Post($"/volunteers/{volunteer}/qualifications", new { code = "first-aid", issuedOn = "2020-01-02", expiresOn = "2020-01-01" })).ShouldBeInvalid("expiresOn");
    }

    [Fact]
    public async Task Places_are_taken_within_the_window_of_the_role()
    {
        var tenant = await api.NewTenant();
        var (late, soon) = (await tenant.NewShift(Roster.At(10)), await tenant.NewShift(Roster.At(1)));
        var volunteer = await tenant.NewVolunteer();
        await Roles(tenant, "facilitator", new { opensDaysBefore = 7, closesHoursBefore = 72 }).NoContent();

        (await tenant.SignUp(late, volunteer).Problem(422, "sign-up-not-open")).GetProperty("opensAt").GetDateTimeOffset().ShouldBe(Roster.At(3));
        await tenant.SignUp(soon, volunteer).Problem(422, "sign-up-closed");
        var shift = await tenant.Admin.Get($"/shifts/{late.Id}");
        await tenant.Admin.Patch($"/shifts/{late.Id}", new { terms = new { opensDaysBefore = 30 } }, ("If-Match", shift.ETag!)).NoContent();

        await tenant.SignUp(late, volunteer).Created();
        await tenant.Admin.Patch($"/shifts/{late.Id}", new { places = 0 }, ("If-Match", shift.ETag!)).Problem(400, "invalid");
        await tenant.Admin.Patch($"/shifts/{late.Id}", new { places = 3 }, ("If-Match", shift.ETag!)).Problem(412, "stale-version");
        (await Roles(tenant, "juggler", new { })).ShouldBeInvalid("role");
        (await Roles(tenant, "greeter", new { opensDaysBefore = -1 })).ShouldBeInvalid("terms.opensDaysBefore");
        (await tenant.Admin.Get("/shift-roles").Ok()).GetProperty("items").EnumerateArray().Single(i => i.Text("role") == "facilitator").GetProperty("terms").Number("opensDaysBefore").ShouldBe(7);
    }

    [Fact]
    public async Task What_was_asked_for_within_the_window_is_offered_confirmed_and_handed_over_after_it()
    {
        var tenant = await api.NewTenant();
        var (holder, cover, tired, next, late) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var shift = await tenant.NewShift(Roster.At(2), minutes: 60, places: 1);
        var held = (await tenant.SignUp(shift, holder).Created()).Id();
        var (waiting, waitingToo) = ((await tenant.SignUp(shift, tired).Created()).Id(), (await tenant.SignUp(shift, next).Created()).Id());
        var clash = (await tenant.SignUp(await tenant.NewShift(Roster.At(2, hours: 3), minutes: 60), tired).Created()).Id();
        await Roles(tenant, "facilitator", new { closesHoursBefore = 72 }).NoContent();
        await tenant.SignUp(shift, late).Problem(422, "sign-up-closed");

        (await tenant.Admin.Get($"/shifts/{shift.Id}/stand-ins").Ok()).GetProperty("items").EnumerateArray().ShouldContain(i => i.GetProperty("volunteerId").GetGuid() == cover);
        var swap = (await tenant.Admin.Post($"/signups/{held}/swaps", new { toVolunteerId = cover }).Created()).Id();
        var handedOver = (await tenant.Admin.Post($"/swaps/{swap}/accept").Ok()).GetProperty("signUpId").GetGuid();
        await tenant.Admin.Post($"/signups/{handedOver}/cancel").NoContent();
        (await SignUpLifeTests.StatusOf(tenant, waitingToo)).ShouldBe("offered");
        await tenant.Admin.Post($"/signups/{waitingToo}/cancel").NoContent();
        await tenant.Admin.Post($"/signups/{clash}/cancel").NoContent();
        (await tenant.Admin.Post($"/signups/{waiting}/confirm").Ok()).Text("status").ShouldBe("confirmed");
        (await tenant.Admin.Get($"/shifts?eligibleFor={late}").Ok()).GetProperty("items").EnumerateArray().Single(s => s.Id() == shift.Id).GetProperty("eligibility").Text("problem").ShouldBe("sign-up-closed");
    }

    [Fact]
    public async Task Terms_that_a_shift_was_given_by_itself_stay_when_its_roles_change()
    {
        var tenant = await api.NewTenant();
        var (given, plain) = (await tenant.NewShift(Roster.At(2)), await tenant.NewShift(Roster.At(3)));
        await tenant.Admin.Patch($"/shifts/{given.Id}", new { terms = new { qualifications = new[] { "background-check" } } }, ("If-Match", (await tenant.Admin.Get($"/shifts/{given.Id}")).ETag!)).NoContent();
        var greeting = (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = given.SessionId, places = 1, terms = new { qualifications = new[] { "first-aid" } } }).Created()).Id();
        var places = await tenant.Admin.Get($"/shifts/{plain.Id}");
        await tenant.Admin.Patch($"/shifts/{plain.Id}", new { places = 3 }, ("If-Match", places.ETag!)).NoContent();

        await Roles(tenant, "facilitator", new { cancelHoursBefore = 48 }).NoContent();
        await Roles(tenant, "greeter", new { cancelHoursBefore = 48 }).NoContent();

        (await tenant.SignUp(given, await tenant.NewVolunteer()).Problem(422, "qualification-missing")).GetProperty("missing")[0].GetString().ShouldBe("background-check");
        (await tenant.SignUp(given with { Id = greeting }, await tenant.NewVolunteer()).Problem(422, "qualification-missing")).GetProperty("missing")[0].GetString().ShouldBe("first-aid");
        (await tenant.Admin.Get($"/shifts/{plain.Id}").Ok()).GetProperty("terms").Number("cancelHoursBefore").ShouldBe(48);
        await tenant.SignUp(plain, await tenant.NewVolunteer()).Created();
    }

    [Fact]
    public async Task Who_has_attended_since_they_joined_the_waitlist_is_no_first_timer_any_more()
    {
        var tenant = await api.NewTenant();
        var (old, waiting) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var past = await tenant.NewShift(JustNow(), minutes: 60);
        var shift = await tenant.NewShift(Roster.At(3));
        await Attend(old);
        var held = (await tenant.SignUp(shift, old).Created()).Id();
        var beside = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
        var offered = (await tenant.SignUp(shift, waiting).Created()).Id();
        await Roles(tenant, "facilitator", new { noFirstTimersAlone = true }).NoContent();
        await Attend(waiting);

        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        await tenant.Admin.Post($"/signups/{offered}/confirm").Ok();
        await tenant.Admin.Post($"/signups/{beside}/cancel").NoContent();

        (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Text("status").ShouldBe("confirmed", "beside somebody experienced");

        async Task Attend(Guid volunteer) =>
            await tenant.Admin.Post($"/signups/{(await tenant.SignUp(past, volunteer).Created()).Id()}/attendance", new { outcome = "attended", minutes = 30 }).Ok();
    }

    [Fact]
    public async Task The_last_place_beside_first_timers_is_kept_for_somebody_experienced()
    {
        var tenant = await api.NewTenant();
        await Roles(tenant, "facilitator", new { noFirstTimersAlone = true }).NoContent();
        var experienced = await tenant.NewVolunteer();
        var past = await tenant.NewShift(JustNow(), minutes: 60);
        var shift = await tenant.NewShift(Roster.At(3));
        await tenant.Admin.Patch($"/shifts/{past.Id}", new { terms = new { noFirstTimersAlone = false } }, ("If-Match", (await tenant.Admin.Get($"/shifts/{past.Id}")).ETag!)).NoContent();
        var attended = (await tenant.SignUp(past, experienced).Created()).Id();
        await tenant.Admin.Post($"/signups/{attended}/attendance", new { outcome = "attended", minutes = 30 }).Ok();

        await tenant.SignUp(shift, await tenant.NewVolunteer()).Created();
        await tenant.SignUp(shift, await tenant.NewVolunteer()).Problem(422, "first-timers-alone");
        (await tenant.SignUp(shift, experienced).Created()).Text("status").ShouldBe("confirmed");
        (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Text("status").ShouldBe("waitlisted");
    }

    [Fact]
    public async Task First_timers_at_the_same_moment_leave_it()
    {
        var tenant = await api.NewTenant();
        await Roles(tenant, "facilitator", new { noFirstTimersAlone = true }).NoContent();
        Guid[] firstTimers = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.NewVolunteer()))];
        for (var day = 3; day < 40; day += 7)
        {
            var shift = await tenant.NewShift(Roster.At(day));

            var answers = await Task.WhenAll(firstTimers.Select(v => Task.Run(() => tenant.SignUp(shift, v))));

            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.ProblemType == "first-timers-alone");
            (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Places_are_not_lowered_to_first_timers_alone()
    {
        var tenant = await api.NewTenant();
        await Roles(tenant, "facilitator", new { noFirstTimersAlone = true }).NoContent();
        var shift = await tenant.NewShift(Roster.At(3), places: 3);
        await tenant.SignUp(shift, await tenant.NewVolunteer()).Created();
        await Lower(2).NoContent();

        await Lower(1).Problem(422, "first-timers-alone");

        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("places").ShouldBe(2);
        await Lower(1, new { noFirstTimersAlone = false }).NoContent();

        async Task<Answer> Lower(int places, object? terms = null) =>
            await tenant.Admin.Patch($"/shifts/{shift.Id}", new { places, terms }, ("If-Match", (await tenant.Admin.Get($"/shifts/{shift.Id}")).ETag!));
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_shift_is_named()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var session = (await tenant.NewShift(Roster.At(2))).SessionId;

        (await tenant.Admin.Post("/shifts", new { role = "training", sessionId = session, places = 1 })).ShouldBeInvalid("role");
        (await tenant.Admin.Post("/shifts", new { role = "greeter", chapterId = chapter, title = "x", startsAt = Roster.At(), endsAt = Roster.At(hours: 1), places = 1 })).ShouldBeInvalid("role");
        (await tenant.Admin.Post("/shifts", new { role = "training", chapterId = chapter, title = "x", startsAt = Roster.At(), endsAt = Roster.At(), places = 1 })).ShouldBeInvalid("endsAt");
        (await tenant.Admin.Post("/shifts", new { role = "training", chapterId = chapter, title = "x", startsAt = Roster.At(), endsAt = Roster.At(hours: 1), places = 0 })).ShouldBeInvalid("places");
        await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = Guid.NewGuid(), places = 1 }).Problem(404, "session-not-found");
        await tenant.Admin.Post("/shifts", new { role = "training", chapterId = Guid.NewGuid(), title = "x", startsAt = Roster.At(), endsAt = Roster.At(hours: 1), places = 1 }).Problem(404, "chapter-not-found");
    }

    internal static async Task<Guid> Alone(Tenant tenant, string role, DateTimeOffset startsAt, double hours) => (await tenant.Admin.Post(
        "/shifts", new { role, chapterId = await tenant.NewChapter(), title = "By itself", startsAt, endsAt = startsAt.AddHours(hours), places = 5 }).Created()).Id();

    internal static Task<Answer> Roles(Tenant tenant, string role, object terms) => tenant.Admin.Send(HttpMethod.Put, "/shift-roles", new { role, terms });

    /// <summary>A whole minute a while ago, so that a shift from then on is under way.</summary>
    internal static DateTimeOffset JustNow()
    {
        var now = DateTimeOffset.UtcNow.AddMinutes(-10);
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
    }

    private static Task<JsonElement> Grant(Tenant tenant, Guid volunteer, string code, string issuedOn, string? expiresOn = null) =>
        tenant.Admin.Post($"/volunteers/{volunteer}/qualifications", new { code, issuedOn, expiresOn }).Created();
}
