namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Volunteers cover for each other and exchange shifts.</summary>
public sealed class SwapTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Anybody_may_cover_a_shift_that_is_offered_to_all()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
        var (asking, covering) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var signUp = (await tenant.SignUp(shift, asking).Created()).Id();
        var (asker, cover) = (await tenant.AsThemselves(asking), await tenant.AsThemselves(covering));

        var swap = await asker.Post($"/signups/{signUp}/swaps", new { }).Created();
        await asker.Post($"/signups/{signUp}/swaps", new { }).Problem(409, "swap-already-requested");
        await asker.Post($"/swaps/{swap.Id()}/accept").Problem(422, "swap-with-oneself");
        (await cover.All("/swaps?status=pending")).ShouldHaveSingleItem().Id().ShouldBe(swap.Id());
        await cover.Post($"/swaps/{swap.Id()}/accept").Ok();

        (await SignUpLifeTests.StatusOf(tenant, signUp)).ShouldBe("cancelled");
        (await cover.All($"/volunteers/{covering}/signups")).ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);
        (await Weight(asking), await Weight(covering)).ShouldBe((0L, 1L));
        await cover.Post($"/swaps/{swap.Id()}/accept").Problem(409, "swap-not-pending");
    }

    [Fact]
    public async Task Two_exchange_shifts_that_neither_could_take_beside_their_own()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (early, late) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(3, hours: 2), minutes: 60, places: 1));
        var (mine, theirs) = ((await tenant.SignUp(early, one).Created()).Id(), (await tenant.SignUp(late, two).Created()).Id());

        var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        (await Weight(one)).ShouldBe(2, "what was asked for counts while it is pending");
        var accepted = await tenant.Admin.Post($"/swaps/{swap}/accept").Ok();

        accepted.Text("status").ShouldBe("accepted");
        (await tenant.Admin.Get($"/signups/{accepted.GetProperty("signUpId").GetGuid()}").Ok()).GetProperty("shiftId").GetGuid().ShouldBe(early.Id);
        (await tenant.Admin.Get($"/signups/{accepted.GetProperty("inReturnSignUpId").GetGuid()}").Ok()).GetProperty("volunteerId").GetGuid().ShouldBe(one);
        (await Weight(one), await Weight(two)).ShouldBe((1L, 1L));
    }

    [Fact]
    public async Task Both_are_held_against_their_limits_and_a_refusal_changes_nothing()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (given, asked) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(6), minutes: 60, places: 1));
        var near = await tenant.NewShift(Roster.At(3, hours: 3), minutes: 60);
        var (mine, theirs) = ((await tenant.SignUp(given, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());
        await tenant.SignUp(near, two).Created();

        var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        await tenant.Admin.Post($"/swaps/{swap}/accept").Problem(422, "burnout-limit");

        (await SignUpLifeTests.StatusOf(tenant, mine), await SignUpLifeTests.StatusOf(tenant, theirs)).ShouldBe(("confirmed", "confirmed"));
        await tenant.Admin.Post($"/swaps/{swap}/decline").NoContent();
        (await Weight(one)).ShouldBe(1);
        await tenant.Admin.Post($"/swaps/{swap}/accept").Problem(409, "swap-not-pending");
    }

    [Fact]
    public async Task Who_waits_for_just_that_place_may_take_it_over()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
        var mine = (await tenant.SignUp(shift, one).Created()).Id();
        var waiting = (await tenant.SignUp(shift, two).Created()).Id();

        var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { toVolunteerId = two }).Created()).Id();
        (await tenant.Admin.Post($"/swaps/{swap}/accept").Ok()).GetProperty("signUpId").GetGuid().ShouldBe(waiting);

        (await SignUpLifeTests.StatusOf(tenant, waiting)).ShouldBe("confirmed");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(1);
    }

    [Fact]
    public async Task A_request_ends_with_its_sign_up_and_when_the_session_moves()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (given, asked) = (await tenant.NewShift(Roster.At(3), minutes: 60), await tenant.NewShift(Roster.At(6), minutes: 60));
        var (mine, theirs) = ((await tenant.SignUp(given, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());

        var first = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        await tenant.Admin.Post($"/signups/{theirs}/cancel").NoContent();
        (await StatusOf(first)).ShouldBe("declined");
        (await Weight(one)).ShouldBe(1);

        var second = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { }).Created()).Id();
        await tenant.Admin.Post($"/sessions/{given.SessionId}/move", new { startsOn = Roster.At(4).ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();
        await Eventually.Get(() => StatusOf(second), status => status == "declined");
    }

    [Fact]
    public async Task An_exchange_over_two_chapters_happens_whole_or_not_at_all_whichever_of_them_a_coordinator_has()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (here, there) = (await tenant.NewChapter(), await tenant.NewChapter());
        var given = await tenant.NewShift(Roster.At(3), minutes: 60, groupId: await tenant.NewGroup(here));
        var asked = await tenant.NewShift(Roster.At(6), minutes: 60, groupId: await tenant.NewGroup(there));
        var (mine, theirs) = ((await tenant.SignUp(given, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());
        var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();

        await (await CoordinatorOf(here)).Post($"/swaps/{swap}/accept").Problem(404, "swap-not-found");
        (await SignUpLifeTests.StatusOf(tenant, mine), await SignUpLifeTests.StatusOf(tenant, theirs), await StatusOf(swap)).ShouldBe(("confirmed", "confirmed", "pending"));

        await (await CoordinatorOf(there)).Post($"/signups/{theirs}/cancel").NoContent();
        (await StatusOf(swap)).ShouldBe("declined");
        (await Weight(one)).ShouldBe(1, "what was asked for cannot be had any more");

        Task<ApiClient> CoordinatorOf(Guid chapter) => api.NewClient(tenant.Admin, "/clients", new { name = "A coordinator", roles = new[] { "coordinator" }, chapters = new[] { chapter } });
    }

    [Fact]
    public async Task Who_accepts_an_exchange_does_not_hear_what_stands_in_the_others_way()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (given, asked) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(6), minutes: 60, places: 1));
        var running = (await tenant.SignUp(await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60), one).Created()).Id();
        var (mine, theirs) = ((await tenant.SignUp(given, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());
        var swap = (await (await tenant.AsThemselves(one)).Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        await tenant.Admin.Post($"/signups/{running}/attendance", new { outcome = "attended", minutes = 50, critical = true }).Ok();

        var problem = await (await tenant.AsThemselves(two)).Post($"/swaps/{swap}/accept").Problem(409, "swap-not-possible-now");

        problem.EnumerateObject().Select(p => p.Name).ShouldBe(["type", "title", "status", "detail", "traceId"], ignoreOrder: true);
        (await tenant.Admin.Post($"/swaps/{swap}/accept").Problem(422, "burnout-limit")).GetProperty("violations").EnumerateArray().ShouldContain(v => v.Text("rule") == "debrief");
        (await SignUpLifeTests.StatusOf(tenant, mine), await SignUpLifeTests.StatusOf(tenant, theirs)).ShouldBe(("confirmed", "confirmed"));
    }

    [Fact]
    public async Task Who_asks_for_a_shift_in_return_may_come_to_it_in_another_way_and_then_asks_no_more()
    {
        var tenant = await api.NewTenant();
        var (waiting, taking, one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (given, asked) = (await tenant.NewShift(Roster.At(3), minutes: 60), await tenant.NewShift(Roster.At(6), minutes: 60));
        var (mine, others) = ((await tenant.SignUp(given, waiting).Created()).Id(), (await tenant.SignUp(given, taking).Created()).Id());
        var (theirs, freed) = ((await tenant.SignUp(asked, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());
        var first = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        var second = (await tenant.Admin.Post($"/signups/{others}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();

        var place = await tenant.SignUp(asked, waiting).Created();
        place.Text("status").ShouldBe("waitlisted");
        (await StatusOf(first)).ShouldBe("pending");
        await tenant.Admin.Post($"/signups/{freed}/cancel").NoContent();
        (await SignUpLifeTests.StatusOf(tenant, place.Id())).ShouldBe("offered");
        await tenant.Admin.Post($"/signups/{place.Id()}/confirm").Ok();
        (await StatusOf(first), await StatusOf(second)).ShouldBe(("withdrawn", "pending"));
        (await Weight(waiting)).ShouldBe(2, "their own shift and the one that they have come to");

        await tenant.Admin.Patch($"/shifts/{asked.Id}", new { places = 3 }, ("If-Match", (await tenant.Admin.Get($"/shifts/{asked.Id}")).ETag!)).NoContent();
        (await tenant.SignUp(asked, taking).Created()).Text("status").ShouldBe("confirmed");
        (await StatusOf(second)).ShouldBe("withdrawn");
        (await Weight(taking)).ShouldBe(2);
        await tenant.SignUp(await tenant.NewShift(Roster.At(6), minutes: 60), taking).Problem(409, "shift-overlap");
    }

    [Fact]
    public async Task Two_who_ask_each_other_for_the_same_exchange_have_it_once_one_accepts()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (early, late) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(6), minutes: 60, places: 1));
        var (mine, theirs) = ((await tenant.SignUp(early, one).Created()).Id(), (await tenant.SignUp(late, two).Created()).Id());
        var first = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();
        var second = (await tenant.Admin.Post($"/signups/{theirs}/swaps", new { inReturnSignUpId = mine }).Created()).Id();

        await tenant.Admin.Post($"/swaps/{first}/accept").Ok();

        (await StatusOf(first), await StatusOf(second)).ShouldBe(("accepted", "withdrawn"));
        (await Weight(one), await Weight(two)).ShouldBe((1L, 1L));
    }

    [Fact]
    public async Task A_request_for_what_is_given_back_at_the_same_moment_is_refused()
    {
        DatabaseServer.OnPostgreSqlOnly("an advisory lock, held as by the one who gives it back.");
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (given, asked) = (await tenant.NewShift(Roster.At(3), minutes: 60), await tenant.NewShift(Roster.At(6), minutes: 60));
        var (mine, theirs) = ((await tenant.SignUp(given, one).Created()).Id(), (await tenant.SignUp(asked, two).Created()).Id());
        await using var other = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"shift {asked.Id}");
        await TestDatabase.Execute(other, "UPDATE rostering.sign_ups SET status = 'cancelled', version = version + 1 WHERE id = $1", theirs);

        var answer = tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs });
        await Eventually.Get(
            () => api.Database.WaitingForLock("advisory"), waiting => waiting > 0 || answer.IsCompleted);
        await transaction.CommitAsync();

        await answer.Problem(409, "sign-up-not-confirmed");
        (await Weight(one)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
        var mine = (await tenant.SignUp(shift, one).Created()).Id();
        var waiting = (await tenant.SignUp(shift, two).Created()).Id();

        (await tenant.Admin.Post($"/signups/{mine}/swaps", new { toVolunteerId = Guid.NewGuid() })).ShouldBeInvalid("toVolunteerId");
        (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = Guid.NewGuid() })).ShouldBeInvalid("inReturnSignUpId");
        await tenant.Admin.Post($"/signups/{mine}/swaps", new { toVolunteerId = one }).Problem(422, "swap-with-oneself");
        await tenant.Admin.Post($"/signups/{waiting}/swaps", new { }).Problem(409, "sign-up-not-confirmed");
        await tenant.Admin.Post($"/signups/{Guid.NewGuid()}/swaps", new { }).Problem(404, "sign-up-not-found");
        await tenant.Admin.Post($"/swaps/{Guid.NewGuid()}/accept").Problem(404, "swap-not-found");
        var open = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { }).Created()).Id();
        (await tenant.Admin.Post($"/swaps/{open}/accept")).ShouldBeInvalid("volunteerId");
        await (await api.NewTenant()).Admin.Post($"/swaps/{open}/accept").Problem(404, "swap-not-found");
    }

    private Task<string> StatusOf(Guid swap) => api.Database.Scalar<string>("SELECT status FROM rostering.swaps WHERE id = $1", swap);

    private Task<long> Weight(Guid volunteer) =>
        api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.id = $1", volunteer);
}
