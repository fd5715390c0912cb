namespace NetworkPlatform.IntegrationTests.Rostering.Notifications;

/// <summary>Who is asked to take over a shift is told, and who asked hears what came of it.</summary>
public sealed class SwapNotificationTests(MailedApi mailed) : IClassFixture<MailedApi>
{
    private ApiFixture Api => mailed.Api;

    [Theory]
    [InlineData("en", "Can you take over? ", "In return they would take over a shift of yours", "Taken over: ")]
    [InlineData("he", "בקשת החלפה: ", "בתמורה", "נמצא מחליף: ")]
    [InlineData("fr", "Pouvez-vous remplacer ? ", "En échange", "Remplacement trouvé : ")]
    [InlineData("ru", "Просьба о замене: ", "Взамен", "Замена найдена: ")]
    public async Task Who_is_asked_to_exchange_is_told_what_for_and_who_asked_that_it_is_done(string language, string asked, string inReturn, string accepted)
    {
        var tenant = await Api.NewTenant();
        var (asking, taking) = (await MailedApi.NewReader(tenant, language), await MailedApi.NewReader(tenant, language));
        var (given, back) = (await tenant.NewShift(Roster.At(3), minutes: 60), await tenant.NewShift(Roster.At(5, hours: 3), minutes: 60));
        var (mine, theirs) = ((await tenant.SignUp(given, asking.Id).Created()).Id(), (await tenant.SignUp(back, taking.Id).Created()).Id());

        var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();

        var letter = await mailed.Mail(taking.Email, asked);
        letter.Text("subject").ShouldContain("12:00");
        letter.Text("text").ShouldContain(inReturn);
        letter.Text("text").ShouldContain("15:00", customMessage: "when the shift in return is");
        await tenant.Admin.Post($"/swaps/{swap}/accept").Ok();
        (await mailed.Mail(asking.Email, accepted)).Text("subject").ShouldContain("12:00");
        await Eventually.Get(() => mailed.States(taking.Id), states => states.Contains("swap-requested sent", StringComparison.Ordinal));
        (await mailed.States(taking.Id)).ShouldNotContain("swap-accepted");
    }

    [Fact]
    public async Task A_refusal_is_told_and_who_takes_a_request_back_hears_nothing_of_it()
    {
        var tenant = await Api.NewTenant();
        var (asking, other) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "en"));
        var shift = await tenant.NewShift(Roster.At(3));
        var signUp = (await tenant.SignUp(shift, asking.Id).Created()).Id();
        var (asker, asked) = (await tenant.AsThemselves(asking.Id), await tenant.AsThemselves(other.Id));

        var withdrawn = (await asker.Post($"/signups/{signUp}/swaps", new { toVolunteerId = other.Id }).Created()).Id();
        await asker.Post($"/swaps/{withdrawn}/decline").NoContent();
        var open = (await asker.Post($"/signups/{signUp}/swaps", new { }).Created()).Id();
        await asker.Post($"/swaps/{open}/decline").NoContent();
        var declined = (await asker.Post($"/signups/{signUp}/swaps", new { toVolunteerId = other.Id }).Created()).Id();
        await asked.Post($"/swaps/{declined}/decline").NoContent();

        (await mailed.Mail(asking.Email, "Not taken over: ")).Text("text").ShouldContain("You are still on the rota");
        await Api.Database.EventsHaveLeft();
        (await Api.Database.Scalar<long>("SELECT count(*) FROM rostering.notifications WHERE recipient_id = $1 AND kind LIKE 'swap-%'", asking.Id)).ShouldBe(1);
        (await Api.Database.Scalar<long>("SELECT count(*) FROM rostering.notifications WHERE recipient_id = $1 AND kind = 'swap-requested'", other.Id)).ShouldBe(2, "the request to anybody is told to nobody");
    }

    [Fact]
    public async Task That_the_shift_in_return_is_gone_is_told_to_who_asked()
    {
        var tenant = await Api.NewTenant();
        var (asking, other) = (await MailedApi.NewReader(tenant, "en"), await tenant.NewVolunteer());
        var (mine, theirs) = ((await tenant.SignUp(await tenant.NewShift(Roster.At(3)), asking.Id).Created()).Id(), (await tenant.SignUp(await tenant.NewShift(Roster.At(6)), other).Created()).Id());
        await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created();

        await tenant.Admin.Post($"/signups/{theirs}/cancel").NoContent();

        (await mailed.Mail(asking.Email, "Not taken over: ")).Text("text").ShouldContain("You are still on the rota");
    }

    [Fact]
    public async Task Whose_request_a_coordinator_or_a_moved_session_ends_is_told()
    {
        var tenant = await Api.NewTenant();
        var (one, two) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "en"));
        var shift = await tenant.NewShift(Roster.At(3));
        var (first, second) = ((await tenant.SignUp(shift, one.Id).Created()).Id(), (await tenant.SignUp(shift, two.Id).Created()).Id());
        var swap = (await (await tenant.AsThemselves(one.Id)).Post($"/signups/{first}/swaps", new { }).Created()).Id();
        await (await tenant.AsThemselves(two.Id)).Post($"/signups/{second}/swaps", new { }).Created();

        await tenant.Admin.Post($"/swaps/{swap}/decline").NoContent();
        (await mailed.Mail(one.Email, "Not taken over: ")).Text("text").ShouldContain("You are still on the rota");

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = $"{Roster.At(4):yyyy-MM-dd}", startTime = "12:00" }).Ok();
        (await mailed.Mail(two.Email, "Not taken over: ")).Text("text").ShouldContain("You are still on the rota");
    }

    [Fact]
    public async Task Who_wants_none_of_it_gets_none_of_it()
    {
        var tenant = await Api.NewTenant();
        var (asking, taking) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "en"));
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{taking.Id}/notification-preferences", new { optedOut = new[] { "swap-requested" }, reminderHours = 24 }, ("If-Match", "\"0\"")).NoContent();
        var signUp = (await tenant.SignUp(await tenant.NewShift(Roster.At(3)), asking.Id).Created()).Id();

        await tenant.Admin.Post($"/signups/{signUp}/swaps", new { toVolunteerId = taking.Id }).Created();

        await Eventually.Get(() => mailed.States(taking.Id), states => states == "swap-requested skipped");
        mailed.Sink.To(taking.Email).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_got_no_answer_in_time_is_told_that_the_shift_is_still_theirs()
    {
        await using var own = new MailedApi(Api.Server);
        await own.InitializeAsync();
        var tenant = await own.Api.NewTenant();
        var (asking, silent) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "en"));
        var signUp = (await tenant.SignUp(await tenant.NewShift(Roster.At(3)), asking.Id).Created()).Id();
        await tenant.Admin.Post($"/signups/{signUp}/swaps", new { toVolunteerId = silent.Id }).Created();
        await own.Mail(silent.Email, "Can you take over? ");

        own.Api.Host.Clock.Advance(Roster.At(3) - DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1));

        (await own.Mail(asking.Email, "Not answered: ")).Text("text").ShouldContain("You are still on the rota");
    }
}
