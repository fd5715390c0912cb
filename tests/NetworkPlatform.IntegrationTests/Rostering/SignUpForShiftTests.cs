using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

public sealed class SignUpForShiftTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_session_opens_a_shift_and_a_volunteer_takes_a_place()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var volunteer = await tenant.NewVolunteer();

        var signUp = await tenant.SignUp(shift, volunteer).Created();

        signUp.Text("status").ShouldBe("confirmed");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE id = $1 AND status = 'confirmed'", signUp.Id())).ShouldBe(1);
        (await api.Database.Scalar<string>("SELECT records FROM platform.audit_entries WHERE action = 'sign-up-for-shift' AND tenant_id = $1", tenant.Id))
            .ShouldBe($"SignUp {signUp.Id()}, Commitment {signUp.Id()}, Shift {shift.Id}");
    }

    [Fact]
    public async Task The_same_volunteer_twice_is_a_conflict()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(shift, volunteer).Created();

        await tenant.SignUp(shift, volunteer).Problem(409, "already-signed-up");
    }

    [Fact]
    public async Task Two_shifts_at_one_time_are_an_overlap_even_by_a_minute()
    {
        var tenant = await api.NewTenant();
        var first = await tenant.NewShift(Roster.At(), minutes: 60);
        var second = await tenant.NewShift(Roster.At().AddMinutes(59), minutes: 60);
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(first, volunteer).Created();

        await tenant.SignUp(second, volunteer).Problem(409, "shift-overlap");
    }

    [Fact]
    public async Task Too_little_rest_is_refused_with_rule_limit_actual_and_the_earliest_start()
    {
        var tenant = await api.NewTenant();
        var evening = await tenant.NewShift(Roster.At(hours: 7), minutes: 60);
        var morning = await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60);
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(evening, volunteer).Created();

        var problem = await tenant.SignUp(morning, volunteer).Problem(422, "burnout-limit");

        var violation = problem.GetProperty("violations").EnumerateArray().Single(v => v.Text("rule") == "rest-between-shifts");
        violation.Text("severity").ShouldBe("refuse");
        violation.GetProperty("limit").GetDecimal().ShouldBe(11);
        violation.GetProperty("actual").GetDecimal().ShouldBe(10);
        violation.Text("unit").ShouldBe("hours");
        violation.GetProperty("eligibleAt").GetDateTimeOffset().ShouldBe(Roster.At(hours: 8 + 11));
        (await tenant.Admin.Get($"/shifts/{morning.Id}").Ok()).Number("taken").ShouldBe(0);
    }

    [Fact]
    public async Task The_earliest_start_lies_after_whatever_else_was_taken_and_is_given_a_place()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(await tenant.NewShift(Roster.At(hours: 7), minutes: 60), volunteer).Created();
        var training = await ShiftTermsTests.Alone(tenant, "training", Roster.At(hours: 18), hours: 3); // asks for no rest
        await tenant.Admin.Post($"/shifts/{training}/signups", new { volunteerId = volunteer }).Created();

        var problem = await tenant.SignUp(await tenant.NewShift(Roster.At(hours: 16), minutes: 60), volunteer).Problem(422, "burnout-limit");

        var earliest = problem.GetProperty("eligibleAt").GetDateTimeOffset();
        earliest.ShouldBe(Roster.At(hours: 21));
        await tenant.SignUp(await tenant.NewShift(earliest, minutes: 60), volunteer).Created();
    }

    [Fact]
    public async Task Limits_count_the_shifts_of_every_tenant_of_the_network()
    {
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var email = $"both-{Guid.NewGuid():N}@example.org";
        var (hereId, thereId) = (await here.NewVolunteer(email), await there.NewVolunteer(email.ToUpperInvariant()));
        await there.SignUp(await there.NewShift(Roster.At(hours: 7), minutes: 60), thereId).Created();

        var refused = await here.SignUp(await here.NewShift(Roster.At(days: 2, hours: -6), minutes: 60), hereId).Problem(422, "burnout-limit");
        var load = await here.Admin.Get($"/volunteers/{hereId}/load").Ok();

        refused.GetProperty("violations")[0].Text("rule").ShouldBe("rest-between-shifts");
        load.GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == "hours-7d").GetProperty("actual").GetDecimal().ShouldBe(1);
    }

    [Fact]
    public async Task Another_network_counts_nothing()
    {
        var (here, there) = (await api.NewTenant(), await api.NewTenant());
        var email = $"both-{Guid.NewGuid():N}@example.org";
        var (hereId, thereId) = (await here.NewVolunteer(email), await there.NewVolunteer(email));
        await there.SignUp(await there.NewShift(Roster.At(hours: 7), minutes: 60), thereId).Created();

        await here.SignUp(await here.NewShift(Roster.At(days: 2, hours: -6), minutes: 60), hereId).Created();
    }

    [Fact]
    public async Task A_full_shift_waitlists_and_a_freed_place_goes_to_the_first_who_may_take_it()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(hours: 7), minutes: 60, places: 1);
        var clashing = await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60, places: 1);
        var (holder, tired, next) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var held = await tenant.SignUp(shift, holder).Created();
        (await tenant.SignUp(shift, tired).Created()).Text("status").ShouldBe("waitlisted");
        (await tenant.SignUp(shift, next).Created()).Text("status").ShouldBe("waitlisted");
        await tenant.SignUp(clashing, tired).Created();

        await tenant.Admin.Post($"/signups/{held.Id()}/cancel", new { reason = "Ill." }).NoContent();

        (await StatusOf(tenant, next, shift)).ShouldBe("offered");
        (await StatusOf(tenant, tired, shift)).ShouldBe("waitlisted");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_session_cancels_its_shift_and_frees_its_volunteers()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(hours: 7), minutes: 60);
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(shift, volunteer).Created();

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/cancel", new { reason = "The hall is flooded." }).NoContent();

        await Eventually.Get(() => StatusOf(tenant, volunteer, shift), status => status == "cancelled");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Text("status").ShouldBe("cancelled");
        await tenant.SignUp(shift, volunteer).Problem(409, "shift-is-cancelled");
        await tenant.SignUp(await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60), volunteer).Created();
    }

    [Fact]
    public async Task A_moved_session_moves_what_its_volunteers_have_committed_to()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(), minutes: 60);
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(shift, volunteer).Created();
        var later = Roster.At(days: 3);

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = later.ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();

        await Eventually.Get(async () => (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).GetProperty("startsAt").GetDateTimeOffset(), at => at == later);
        await tenant.SignUp(await tenant.NewShift(later.AddMinutes(30), minutes: 60), volunteer).Problem(409, "shift-overlap");
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_changes_nothing()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var volunteer = await tenant.NewVolunteer();

        (await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { })).ShouldBeInvalid("volunteerId");
        (await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = "somebody" })).ShouldBeInvalid("volunteerId");
        (await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer, colour = "red" })).ShouldBeInvalid("colour");
        await tenant.SignUp(shift, Guid.NewGuid()).Problem(404, "volunteer-not-found");
        await tenant.SignUp(shift with { Id = Guid.NewGuid() }, volunteer).Problem(404, "shift-not-found");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(0);
    }

    [Fact]
    public async Task An_outcome_is_recorded_once_and_only_after_the_start()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var early = await tenant.SignUp(await tenant.NewShift(Roster.At(days: 3)), volunteer).Created();
        await tenant.Admin.Post($"/signups/{early.Id()}/attendance", new { outcome = "attended" }).Problem(422, "shift-not-started");

        var running = await tenant.SignUp(await tenant.NewShift(Now().AddMinutes(-10), minutes: 60), volunteer).Created();
        var outcome = await tenant.Admin.Post($"/signups/{running.Id()}/attendance", new { outcome = "attended", minutes = 45, critical = false }).Ok();

        outcome.Text("status").ShouldBe("attended");
        await tenant.Admin.Post($"/signups/{running.Id()}/attendance", new { outcome = "no-show" }).Problem(409, "sign-up-not-confirmed");
        (await tenant.Admin.Post($"/signups/{running.Id()}/attendance", new { outcome = "slept" })).ShouldBeInvalid("outcome");
        (await tenant.Admin.Post($"/signups/{running.Id()}/cancel")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task<string> StatusOf(Tenant tenant, Guid volunteer, OpenedShift shift) =>
        (await tenant.Admin.All($"/volunteers/{volunteer}/signups")).Find(s => s.GetProperty("shiftId").GetGuid() == shift.Id).Text("status");

    private static DateTimeOffset Now()
    {
        var now = DateTimeOffset.UtcNow;
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
    }
}
