using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>From the waitlist to the debrief. One host by itself, since its clock is moved.</summary>
public sealed class SignUpLifeTests(DatabaseServer server)
{
    [Fact]
    public async Task A_place_given_back_is_kept_for_the_first_who_may_take_it_until_they_answer()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, shift, held, first, second) = await FullShift(api);

        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();

        var offered = await tenant.Admin.Get($"/signups/{first}").Ok();
        offered.Text("status").ShouldBe("offered");
        offered.GetProperty("offeredUntil").GetDateTimeOffset().ShouldBeInRange(DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(24));
        (await StatusOf(tenant, second)).ShouldBe("waitlisted");
        (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Text("status").ShouldBe("waitlisted", "the place is taken, though not confirmed");
        await tenant.Admin.Post($"/signups/{second}/confirm").Problem(409, "shift-is-full");

        (await tenant.Admin.Post($"/signups/{first}/confirm").Ok()).Text("status").ShouldBe("confirmed");
        await tenant.Admin.Post($"/signups/{first}/confirm").Problem(409, "nothing-to-confirm");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);
    }

    [Fact]
    public async Task An_offer_that_is_declined_or_not_answered_goes_on_to_the_next()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, _, held, first, second) = await FullShift(api);
        var third = (await tenant.SignUp(new OpenedShift((await tenant.Admin.Get($"/signups/{held}").Ok()).GetProperty("shiftId").GetGuid(), default, default), await tenant.NewVolunteer()).Created()).Id();
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();

        await tenant.Admin.Post($"/signups/{first}/cancel").NoContent();
        (await StatusOf(tenant, second)).ShouldBe("offered");

        api.Host.Clock.Advance(TimeSpan.FromHours(23));
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        (await api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", second)).ShouldBe("offered");
        api.Host.Clock.Advance(TimeSpan.FromHours(1.1));

        await Eventually.Get(() => api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", third), status => status == "offered");
        (await api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", second)).ShouldBe("cancelled");
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments WHERE id = $1", second)).ShouldBe(0);
    }

    [Fact]
    public async Task A_shift_is_uncovered_once_the_last_who_was_asked_has_declined()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, shift, held, first, second) = await FullShift(api);
        await KeepOutbox(api);

        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        await tenant.Admin.Post($"/signups/{first}/cancel").NoContent();
        (await Published(api, "ShiftUncovered", shift.Id)).ShouldBe(0);
        await tenant.Admin.Post($"/signups/{second}/cancel").NoContent();

        (await Published(api, "ShiftUncovered", shift.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task An_offer_is_made_anew_when_its_session_moves_to_whoever_may_come_then()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, shift, held, first, second) = await FullShift(api);
        var volunteer = (await tenant.Admin.Get($"/signups/{first}").Ok()).GetProperty("volunteerId").GetGuid();
        await tenant.SignUp(await tenant.NewShift(Roster.At(8), minutes: 60), volunteer).Created();
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        (await StatusOf(tenant, first)).ShouldBe("offered");

        await Move(Roster.At(8));
        await Eventually.Get(() => StatusOf(tenant, second), status => status == "offered");
        (await StatusOf(tenant, first)).ShouldBe("waitlisted", "they have another shift at that time");
        await tenant.Admin.Post($"/signups/{first}/confirm").Problem(409, "shift-is-full");
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments WHERE id IN ($1, $2)", first, second)).ShouldBe(1);
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);

        var soon = ShiftTermsTests.JustNow().AddHours(5);
        await Move(soon);
        var offered = await Eventually.Get(() => tenant.Admin.Get($"/signups/{first}").Ok(), signUp => signUp.Text("status") == "offered");
        offered.GetProperty("offeredUntil").GetDateTimeOffset().ShouldBeLessThan(soon.AddHours(-2), "half of what is left");
        (await StatusOf(tenant, second)).ShouldBe("waitlisted");

        Task Move(DateTimeOffset to) => tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = to.ToString("yyyy-MM-dd"), startTime = to.ToString("HH:mm") }).Ok();
    }

    [Fact]
    public async Task Nobody_is_offered_two_shifts_at_once_by_the_move_of_their_session()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(5), minutes: 60, places: 1);
        var greeter = shift with { Id = (await tenant.Admin.Post("/shifts", new { role = "greeter", sessionId = shift.SessionId, places = 1 }).Created()).Id() };
        var (held, heldToo) = ((await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id(), (await tenant.SignUp(greeter, await tenant.NewVolunteer()).Created()).Id());
        var volunteer = await tenant.NewVolunteer();
        var (first, firstToo) = ((await tenant.SignUp(shift, volunteer).Created()).Id(), (await tenant.SignUp(greeter, volunteer).Created()).Id());
        var second = (await tenant.SignUp(greeter, await tenant.NewVolunteer()).Created()).Id();
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        await tenant.Admin.Post($"/signups/{heldToo}/cancel").NoContent();

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = Roster.At(6).ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();
        await Eventually.Get(() => tenant.Admin.Get($"/shifts/{shift.Id}").Ok(), s => s.GetProperty("startsAt").GetDateTimeOffset() == Roster.At(6));

        (await StatusOf(tenant, first), await StatusOf(tenant, firstToo), await StatusOf(tenant, second)).ShouldBe(("offered", "waitlisted", "offered"));
    }

    [Fact]
    public async Task An_offer_outlives_the_host_that_made_it()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, _, held, first, second) = await FullShift(api);
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        (await StatusOf(tenant, first)).ShouldBe("offered");
        await api.Host.DisposeAsync();

        var later = new TestClock();
        later.Advance(TimeSpan.FromHours(25));
        await using var restarted = new ApiHost(api.Settings, later);
        _ = restarted.Server;

        await Eventually.Get(() => api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", second), status => status == "offered");
    }

    [Fact]
    public async Task An_offer_counts_against_the_limits_while_it_waits()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, shift, held, first, _) = await FullShift(api);
        var volunteer = (await tenant.Admin.Get($"/signups/{first}").Ok()).GetProperty("volunteerId").GetGuid();
        var close = await tenant.NewShift(Roster.At(5, hours: 3), minutes: 60);
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();

        (await tenant.SignUp(close, volunteer).Problem(422, "burnout-limit")).GetProperty("violations")[0].Text("rule").ShouldBe("rest-between-shifts");
        await tenant.Admin.Post($"/signups/{first}/cancel").NoContent();
        await tenant.SignUp(close, volunteer).Created();
        shift.Id.ShouldNotBe(close.Id);
    }

    [Fact]
    public async Task Who_was_passed_over_may_take_a_free_place_once_the_limits_allow_it()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var (shift, close) = (await tenant.NewShift(Roster.At(5), minutes: 60, places: 1), await tenant.NewShift(Roster.At(5, hours: 3), minutes: 60));
        var volunteer = await tenant.NewVolunteer();
        var held = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
        var waiting = (await tenant.SignUp(shift, volunteer).Created()).Id();
        var other = (await tenant.SignUp(close, volunteer).Created()).Id();

        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        (await StatusOf(tenant, waiting)).ShouldBe("waitlisted");
        await tenant.Admin.Post($"/signups/{waiting}/confirm").Problem(422, "burnout-limit");
        await tenant.Admin.Post($"/signups/{other}/cancel").NoContent();

        (await tenant.Admin.Post($"/signups/{waiting}/confirm").Ok()).Text("status").ShouldBe("confirmed");
    }

    [Fact]
    public async Task Volunteers_cancel_in_time_and_coordinators_at_any_time_which_is_told_when_late()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var inTime = (await self.Post($"/shifts/{(await tenant.NewShift(Roster.At(6), minutes: 60)).Id}/signups", new { }).Created()).Id();
        var soon = ShiftTermsTests.JustNow().AddHours(2.5);
        var late = (await tenant.SignUp(await tenant.NewShift(soon, minutes: 60), volunteer).Created()).Id();
        await KeepOutbox(api);

        await self.Post($"/signups/{inTime}/cancel").NoContent();
        var problem = await self.Post($"/signups/{late}/cancel").Problem(422, "cancel-cut-off-passed");
        problem.GetProperty("hours").GetDecimal().ShouldBe(3);
        await tenant.Admin.Post($"/signups/{late}/cancel", new { reason = "Rang in ill." }).NoContent();

        (await Published(api, "SignUpCancelledLate", late)).ShouldBe(1);
        (await Published(api, "SignUpCancelledLate", inTime)).ShouldBe(0);
        (await Published(api, "ShiftUncovered", (await tenant.Admin.Get($"/signups/{late}").Ok()).GetProperty("shiftId").GetGuid())).ShouldBe(1);
    }

    [Fact]
    public async Task A_role_has_a_cut_off_of_its_own()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        await ShiftTermsTests.Roles(tenant, "facilitator", new { cancelHoursBefore = 240 }).NoContent();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var signUp = (await self.Post($"/shifts/{(await tenant.NewShift(Roster.At(6), minutes: 60)).Id}/signups", new { volunteerId = volunteer }).Created()).Id();

        (await self.Post($"/signups/{signUp}/cancel").Problem(422, "cancel-cut-off-passed")).GetProperty("hours").GetDecimal().ShouldBe(240);
    }

    [Fact]
    public async Task No_role_loosens_the_cut_off_of_the_limits()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        await tenant.Admin.Send(HttpMethod.Put, "/burnout-policy", new { rules = new[] { new { rule = "self-cancel", warn = 240, refuse = 200 } } }).Ok();
        await ShiftTermsTests.Roles(tenant, "facilitator", new { cancelHoursBefore = 0 }).NoContent();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var signUp = (await self.Post($"/shifts/{(await tenant.NewShift(Roster.At(6), minutes: 60)).Id}/signups", new { volunteerId = volunteer }).Created()).Id();

        (await self.Post($"/signups/{signUp}/cancel").Problem(422, "cancel-cut-off-passed")).GetProperty("hours").GetDecimal().ShouldBe(200);
    }

    [Fact]
    public async Task While_the_tenant_is_suspended_no_offer_lapses()
    {
        await using var api = await ApiFixture.Start(server);
        var (tenant, _, held, first, second) = await FullShift(api);
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();

        api.Host.Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.Get(() => api.Database.Scalar<DateTime>("SELECT offered_until FROM rostering.sign_ups WHERE id = $1", first), until => until > api.Host.Clock.GetUtcNow().UtcDateTime);

        (await api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", second)).ShouldBe("waitlisted");
        (await api.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", first)).ShouldBe("offered", "they can answer once it is resumed");
    }

    [Fact]
    public async Task A_critical_session_is_talked_over_before_the_next_shift()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var (running, next) = (await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60), await tenant.NewShift(Roster.At(4), minutes: 60));
        var held = (await tenant.SignUp(running, volunteer).Created()).Id();
        await tenant.Admin.Post($"/signups/{held}/check-in").Ok();
        await tenant.Admin.Post($"/signups/{held}/debrief").Problem(409, "no-debrief-due");
        await tenant.Admin.Post($"/signups/{held}/attendance", new { outcome = "attended", minutes = 50, critical = true }).Ok();

        var violation = (await tenant.SignUp(next, volunteer).Problem(422, "burnout-limit")).GetProperty("violations").EnumerateArray().Single(v => v.Text("severity") == "refuse");
        violation.Text("rule").ShouldBe("debrief");
        (await tenant.Admin.Get($"/volunteers/{volunteer}/load").Ok()).GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == "debrief").GetProperty("actual").GetDecimal().ShouldBe(1);
        var debrief = await ShiftTermsTests.Alone(tenant, "debrief", Roster.At(1), hours: 1);
        await tenant.Admin.Post($"/shifts/{debrief}/signups", new { volunteerId = volunteer }).Created();
        await tenant.Admin.Post($"/signups/{held}/debrief").Ok();

        await tenant.SignUp(next, volunteer).Created();
        await tenant.Admin.Post($"/signups/{held}/debrief").Problem(409, "no-debrief-due");
    }

    [Fact]
    public async Task So_is_a_critical_outreach_which_is_no_session()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var outreach = await ShiftTermsTests.Alone(tenant, "outreach", ShiftTermsTests.JustNow(), hours: 1);
        var next = await tenant.NewShift(Roster.At(4), minutes: 60);
        var held = (await tenant.Admin.Post($"/shifts/{outreach}/signups", new { volunteerId = volunteer }).Created()).Id();

        await tenant.Admin.Post($"/signups/{held}/attendance", new { outcome = "attended", minutes = 50, critical = true }).Ok();

        (await tenant.SignUp(next, volunteer).Problem(422, "burnout-limit")).GetProperty("violations").EnumerateArray().Select(v => v.Text("rule")).ShouldBe(["debrief"]);
        await tenant.Admin.Post($"/signups/{held}/debrief").Ok();
        await tenant.SignUp(next, volunteer).Created();
    }

    [Theory]
    [InlineData("attended", 0.5)]
    [InlineData("excused", 0)]
    [InlineData("no-show", 0)]
    public async Task Only_time_that_was_given_goes_on_counting(string outcome, double hours)
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var next = await tenant.NewShift(ShiftTermsTests.JustNow().AddHours(9), minutes: 60);
        var held = (await tenant.SignUp(await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60), volunteer).Created()).Id();
        (await HoursInWeek()).ShouldBe(1);

        (await tenant.Admin.Post($"/signups/{held}/attendance", new { outcome, minutes = 30 }).Ok()).Text("status").ShouldBe(outcome);

        (await HoursInWeek()).ShouldBe((decimal)hours);
        (await tenant.SignUp(next, volunteer)).Status.ShouldBe(outcome == "attended" ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Created, "the rest before it");

        async Task<decimal> HoursInWeek() =>
            (await tenant.Admin.Get($"/volunteers/{volunteer}/load").Ok()).GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == "hours-7d").GetProperty("actual").GetDecimal();
    }

    [Fact]
    public async Task Checking_in_is_possible_shortly_before_and_during_the_shift()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var early = (await tenant.SignUp(await tenant.NewShift(Roster.At(3), minutes: 60), volunteer).Created()).Id();
        var now = (await tenant.SignUp(await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60), volunteer).Created()).Id();

        await self.Post($"/signups/{early}/check-in").Problem(422, "check-in-not-open");
        var first = await self.Post($"/signups/{now}/check-in").Ok();
        (await self.Post($"/signups/{now}/check-in").Ok()).GetProperty("checkedInAt").GetDateTimeOffset().ShouldBe(first.GetProperty("checkedInAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Who_did_not_come_leaves_their_place_to_who_stands_in()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var running = await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60, places: 1);
        var missing = (await tenant.SignUp(running, await tenant.NewVolunteer()).Created()).Id();
        await tenant.Admin.Post($"/signups/{missing}/attendance", new { outcome = "no-show" }).Ok();

        var standsIn = await tenant.SignUp(running, await tenant.NewVolunteer()).Created();

        standsIn.Text("status").ShouldBe("confirmed");
        await tenant.Admin.Post($"/signups/{standsIn.Id()}/attendance", new { outcome = "attended" }).Ok();
        (await tenant.Admin.Get($"/shifts/{running.Id}").Ok()).Number("taken").ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_there_or_excused_when_a_session_was_put_off_may_come_and_check_in_anew()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var (here, excused) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var running = await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60);
        var (held, away) = ((await tenant.SignUp(running, here).Created()).Id(), (await tenant.SignUp(running, excused).Created()).Id());
        await tenant.Admin.Post($"/signups/{held}/check-in").Ok();
        await tenant.Admin.Post($"/signups/{away}/attendance", new { outcome = "excused" }).Ok();

        await tenant.Admin.Post($"/sessions/{running.SessionId}/move", new { startsOn = Roster.At(3).ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();
        await api.Database.EventsHaveLeft();

        (await tenant.Admin.Get($"/signups/{held}").Ok()).GetProperty("checkedInAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await tenant.Admin.Post($"/signups/{held}/check-in").Problem(422, "check-in-not-open");
        (await tenant.SignUp(running, excused).Created()).Text("status").ShouldBe("confirmed");
        (await tenant.Admin.Get($"/shifts/{running.Id}").Ok()).Number("taken").ShouldBe(2);
    }

    [Fact]
    public async Task Volunteers_act_for_themselves_and_others_are_not_there_for_them()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var (volunteer, other) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var self = await tenant.AsThemselves(volunteer);
        var nobody = await tenant.AsSomebody();
        var shift = await tenant.NewShift(Roster.At(3), minutes: 60);
        var others = (await tenant.SignUp(shift, other).Created()).Id();

        await self.Post($"/shifts/{shift.Id}/signups", new { volunteerId = other }).Problem(404, "volunteer-not-found");
        foreach (var act in (string[])["cancel", "confirm", "check-in", "debrief"])
        {
            await self.Post($"/signups/{others}/{act}").Problem(404, "sign-up-not-found");
        }

        await self.Post($"/signups/{others}/swaps", new { }).Problem(404, "sign-up-not-found");
        await self.Get($"/signups/{others}").Problem(404, "sign-up-not-found");
        await self.Get($"/volunteers/{other}/load").Problem(404, "volunteer-not-found");
        await self.Get($"/volunteers/{other}/signups").Problem(404, "volunteer-not-found");
        await self.Get($"/volunteers/{other}/qualifications").Problem(404, "volunteer-not-found");
        await self.Get($"/shifts?eligibleFor={other}").Problem(404, "volunteer-not-found");
        (await nobody.Post($"/shifts/{shift.Id}/signups", new { })).ShouldBeInvalid("volunteerId");
        await nobody.Get("/shifts?eligibleFor=me").Problem(404, "volunteer-not-found");
        (await self.Post($"/signups/{others}/attendance", new { outcome = "attended" })).Status.ShouldBe(HttpStatusCode.Forbidden);

        var mine = await self.Post($"/shifts/{shift.Id}/signups", new { }).Created();
        (await self.Get($"/volunteers/{volunteer}/load").Ok()).GetProperty("rules").GetArrayLength().ShouldBe(13);
        (await self.All($"/volunteers/{volunteer}/signups")).ShouldHaveSingleItem().Id().ShouldBe(mine.Id());
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{other}/account", new { accountId = (Guid?)null }).NoContent();
    }

    internal static async Task<string> StatusOf(Tenant tenant, Guid signUp) => (await tenant.Admin.Get($"/signups/{signUp}").Ok()).Text("status");

    /// <summary>Stops the relay from forgetting what it published, so that it can be counted.</summary>
    internal static Task KeepOutbox(ApiFixture api) => api.Database.Execute("REVOKE DELETE, UPDATE ON platform.outbox_messages FROM networkplatform_relay");

    internal static Task<long> Published(ApiFixture api, string type, Guid about) =>
        api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE type LIKE $1 AND body LIKE $2", $"%.{type}", $"%{about}%");

    private static async Task<(Tenant Tenant, OpenedShift Shift, Guid Held, Guid First, Guid Second)> FullShift(ApiFixture api)
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(5), minutes: 60, places: 1);
        var held = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
        var first = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
        var second = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
        return (tenant, shift, held, first, second);
    }
}
