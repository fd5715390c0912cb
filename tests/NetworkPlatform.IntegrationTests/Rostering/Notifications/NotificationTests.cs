using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering.Notifications;

/// <summary>What people are told by mail, as their mail server gets it.</summary>
public sealed class NotificationTests(MailedApi mailed) : IClassFixture<MailedApi>
{
    private ApiFixture Api => mailed.Api;

    [Theory]
    [InlineData("en", "Confirmed: ", "ltr")]
    [InlineData("he", "אושר: ", "rtl")]
    [InlineData("fr-CA", "Confirmé : ", "ltr")]
    [InlineData("ru", "Подтверждено: ", "ltr")]
    [InlineData("tl", "Confirmed: ", "ltr")]
    public async Task A_confirmation_comes_once_in_the_readers_language(string language, string subject, string direction)
    {
        var tenant = await Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, language, "en");
        var shift = await tenant.NewShift(Roster.At(days: 3));

        await tenant.SignUp(shift, id).Created();

        var mail = await mailed.Mail(email, subject);
        mail.Text("subject").ShouldContain("12:00");
        mail.Text("text").ShouldContain("Dana");
        mail.Text("text").ShouldContain("(Etc/UTC)");
        mail.Text("html").ShouldContain($"dir=\"{direction}\"");
        mail.GetProperty("headers").Text("list-unsubscribe-post").ShouldBe("List-Unsubscribe=One-Click");
        await Eventually.Get(() => mailed.States(id), states => states == "shift-reminder due, sign-up-confirmed sent");
        mailed.Sink.To(email).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_session_reaches_everybody_on_it_with_the_reason_and_nobody_else()
    {
        var tenant = await Api.NewTenant();
        var (confirmed, waiting, gone) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "fr"), await MailedApi.NewReader(tenant, "en"));
        var shift = await tenant.NewShift(Roster.At(days: 3), places: 1);
        var left = (await tenant.SignUp(shift, gone.Id).Created()).Id();
        await tenant.Admin.Post($"/signups/{left}/cancel").NoContent();
        await tenant.SignUp(shift, confirmed.Id).Created();
        await tenant.SignUp(shift, waiting.Id).Created();

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/cancel", new { reason = "The <heating> has failed" }).NoContent();

        (await mailed.Mail(confirmed.Email, "Cancelled: ")).Text("text").ShouldContain("Reason: The <heating> has failed");
        var french = await mailed.Mail(waiting.Email, "Annulé : ");
        french.Text("text").ShouldContain("Motif : The <heating> has failed");
        french.Text("html").ShouldContain("The &lt;heating&gt; has failed");
        mailed.Sink.To(gone.Email).ShouldAllBe(m => !m.Text("subject").StartsWith("Cancelled", StringComparison.Ordinal));
        (await mailed.States(gone.Id)).ShouldNotContain("shift-cancelled");
    }

    [Fact]
    public async Task A_moved_session_is_told_with_its_new_time_and_its_reminder_moves_with_it()
    {
        var tenant = await Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(days: 3));
        await tenant.SignUp(shift, id).Created();
        await mailed.Mail(email, "Confirmed");
        var to = Roster.At(days: 5);

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = $"{to:yyyy-MM-dd}", startTime = "15:30" }).Ok();

        (await mailed.Mail(email, "Moved: ")).Text("subject").ShouldContain("15:30");
        var due = await Api.Database.Scalar<DateTime>("SELECT due_at FROM rostering.notifications WHERE recipient_id = $1 AND kind = 'shift-reminder'", id);
        due.ToUniversalTime().ShouldBe(to.AddHours(3.5 - 24).UtcDateTime);
    }

    [Fact]
    public async Task Each_of_two_sessions_that_move_is_told()
    {
        var tenant = await Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        var shifts = new[] { await tenant.NewShift(Roster.At(days: 3)), await tenant.NewShift(Roster.At(days: 9)) };
        foreach (var shift in shifts)
        {
            await tenant.SignUp(shift, id).Created();
        }

        await tenant.Admin.Post($"/sessions/{shifts[0].SessionId}/move", new { startsOn = $"{Roster.At(days: 5):yyyy-MM-dd}", startTime = "15:30" }).Ok();
        await tenant.Admin.Post($"/sessions/{shifts[1].SessionId}/move", new { startsOn = $"{Roster.At(days: 12):yyyy-MM-dd}", startTime = "16:45" }).Ok();

        await Eventually.Get(
            () => Task.FromResult(mailed.Sink.To(email).Select(m => m.Text("subject")).Where(s => s.StartsWith("Moved: ", StringComparison.Ordinal)).ToList()),
            moved => moved.Count == 2 && moved.Exists(s => s.Contains("15:30", StringComparison.Ordinal)) && moved.Exists(s => s.Contains("16:45", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_place_on_offer_is_told_with_the_time_to_answer()
    {
        var tenant = await Api.NewTenant();
        var (first, (second, email)) = (await tenant.NewVolunteer(), await MailedApi.NewReader(tenant, "en"));
        var shift = await tenant.NewShift(Roster.At(days: 3), places: 1);
        var taken = (await tenant.SignUp(shift, first).Created()).Id();
        await tenant.SignUp(shift, second).Created();
        mailed.Sink.To(email).ShouldBeEmpty();

        await tenant.Admin.Post($"/signups/{taken}/cancel").NoContent();

        (await mailed.Mail(email, "A place for you: ")).Text("text").ShouldContain("Please answer by ");
    }

    [Fact]
    public async Task Coordinators_of_the_chapter_hear_of_a_late_cancellation_without_whose_or_why()
    {
        var tenant = await Api.NewTenant();
        var (chapter, other) = (await tenant.NewChapter(), await tenant.NewChapter());
        string New() => $"coordinator-{Guid.NewGuid():N}@example.org";
        var (everywhere, here, elsewhere) = (New(), New(), New());
        await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", new
        {
            addresses = new object[] { new { email = everywhere }, new { chapterId = chapter, email = here, language = "he" }, new { chapterId = other, email = elsewhere } },
        }).NoContent();
        var (id, _) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(), groupId: await tenant.NewGroup(chapter));
        var signUp = (await tenant.SignUp(shift, id).Created()).Id();

        await tenant.Admin.Post($"/signups/{signUp}/cancel", new { reason = "I am ill" }).NoContent();

        var mail = await mailed.Mail(everywhere, "Cancelled late: ");
        mail.Text("text").ShouldNotContain("Dana");
        mail.Text("text").ShouldNotContain("ill");
        mail.GetProperty("headers").TryGetProperty("list-unsubscribe", out _).ShouldBeFalse();
        (await mailed.Mail(here, "ביטול מאוחר: ")).Text("html").ShouldContain("dir=\"rtl\"");
        mailed.Sink.To(elsewhere).ShouldBeEmpty();
        (await tenant.Admin.Get("/coordinator-addresses").Ok()).GetProperty("addresses").GetArrayLength().ShouldBe(3);
        (await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", new { addresses = new[] { new { email = "nobody" } } })).ShouldBeInvalid("addresses[0].email");
        (await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", new { addresses = new[] { new { chapterId = Guid.NewGuid(), email = everywhere } } })).ShouldBeProblem(404, "chapter-not-found");
    }

    [Fact]
    public async Task A_coordinator_who_is_listed_twice_or_again_hears_once_and_of_two_lists_sent_at_once_one_stays()
    {
        var tenant = await Api.NewTenant();
        var chapter = await tenant.NewChapter();
        var email = $"coordinator-{Guid.NewGuid():N}@example.org";
        object Listed(string everywhere) => new { addresses = new object[] { new { email = everywhere }, new { chapterId = chapter, email } } };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", Listed($"other-{i}@example.org")).NoContent()));
        (await tenant.Admin.Get("/coordinator-addresses").Ok()).GetProperty("addresses").GetArrayLength().ShouldBe(2);
        await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", Listed(email)).NoContent();
        var ids = await Ids();
        var (id, _) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(), groupId: await tenant.NewGroup(chapter));
        var signUp = (await tenant.SignUp(shift, id).Created()).Id();

        await tenant.Admin.Post($"/signups/{signUp}/cancel").NoContent();

        await mailed.Mail(email, "Cancelled late: ");
        await Api.Database.EventsHaveLeft();
        (await Api.Database.Scalar<long>("SELECT count(*) FROM rostering.notifications WHERE tenant_id = $1 AND kind = 'late-cancellation'", tenant.Id)).ShouldBe(1);
        await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", Listed(email)).NoContent();
        (await Ids()).ShouldBe(ids, "a mail that waits for the mail server would find nobody");

        Task<string> Ids() => Api.Database.Scalar<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM rostering.coordinator_addresses WHERE tenant_id = $1", tenant.Id);
    }

    [Fact]
    public async Task An_event_that_comes_again_sends_no_second_mail()
    {
        DatabaseServer.OnPostgreSqlOnly("it writes an event by SQL.");
        var tenant = await Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(days: 3));
        var signUp = (await tenant.SignUp(shift, id).Created()).Id();
        await mailed.Mail(email, "Confirmed");
        var notification = await Api.Database.Scalar<Guid>("SELECT id FROM rostering.notifications WHERE recipient_id = $1 AND kind = 'sign-up-confirmed'", id);

        await Again("NetworkPlatform.Rostering.Contracts.VolunteerSignedUp", new { SignUpId = signUp, ShiftId = shift.Id, shift.SessionId, VolunteerId = id, ChapterId = Guid.Empty });
        await Again("NetworkPlatform.Rostering.Notifications.NotificationDue", new { NotificationId = notification, RecipientId = id });
        await Api.Database.EventsHaveLeft();

        mailed.Sink.To(email).Count.ShouldBe(1);
        (await mailed.States(id)).ShouldBe("shift-reminder due, sign-up-confirmed sent");

        Task Again(string type, object body) => Api.Database.Execute(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES (gen_random_uuid(), $1, $2, $3, now(), now(), 0)", tenant.Id, type, JsonSerializer.Serialize(body));
    }

    [Fact]
    public async Task One_click_in_a_mail_ends_its_kind_and_opening_the_link_alone_does_not()
    {
        var tenant = await Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, "he");
        await tenant.SignUp(await tenant.NewShift(Roster.At(days: 3)), id).Created();
        var mail = await mailed.Mail(email, "אושר");
        var link = mail.GetProperty("headers").Text("list-unsubscribe").Trim('<', '>');
        link.ShouldStartWith($"{ApiHost.Issuer}/api/v1/notifications/unsubscribe/");
        mail.Text("text").ShouldContain(link);
        var path = link[$"{ApiHost.Issuer}/api/v1".Length..];

        var page = await Api.Anonymous().Get(path);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("<html lang=\"he-IL\" dir=\"rtl\">");
        (await OptedOut()).ShouldBeEmpty();
        using var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        (await Api.Anonymous().Post(path, oneClick)).Status.ShouldBe(HttpStatusCode.OK);
        (await Api.Anonymous().Post(path)).Status.ShouldBe(HttpStatusCode.OK);

        (await OptedOut()).ShouldBe(["sign-up-confirmed"]);
        await tenant.SignUp(await tenant.NewShift(Roster.At(days: 5)), id).Created();
        await Eventually.Get(() => mailed.States(id), states => states.Contains("sign-up-confirmed skipped", StringComparison.Ordinal));
        mailed.Sink.To(email).Count.ShouldBe(1);
        foreach (var wrong in (string[])["x", Altered(path.Split('/')[^1]), $"{Guid.NewGuid():N}"])
        {
            (await Api.Anonymous().Get($"/notifications/unsubscribe/{wrong}")).ShouldBeProblem(404, "unsubscribe-link-unknown");
            (await Api.Anonymous().Post($"/notifications/unsubscribe/{wrong}")).ShouldBeProblem(404, "unsubscribe-link-unknown");
        }

        // Not its last character, which may stand for bits that nobody reads.
        static string Altered(string token) => (token[0] == 'A' ? 'B' : 'A') + token[1..];

        async Task<string[]> OptedOut() =>
            [.. (await tenant.Admin.Get($"/volunteers/{id}/notification-preferences").Ok()).GetProperty("optedOut").EnumerateArray().Select(k => k.GetString()!)];
    }

    [Fact]
    public async Task A_server_that_does_not_take_one_mail_is_asked_again_later_and_holds_up_no_other()
    {
        var tenant = await Api.NewTenant();
        var refused = (await tenant.Admin.Post("/volunteers", new { name = "Dana", email = $"refused-{Guid.NewGuid():N}@example.org" }).Created()).Id();
        var (other, email) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(days: 3));

        await tenant.SignUp(shift, refused).Created();
        await tenant.SignUp(shift, other).Created();

        await mailed.Mail(email, "Confirmed");
        await Eventually.Get(() => Api.Database.Scalar<int>("SELECT coalesce(max(attempts), 0) FROM rostering.notifications WHERE recipient_id = $1 AND kind = 'sign-up-confirmed'", refused), attempts => attempts == 1);
        (await mailed.States(refused)).ShouldContain("sign-up-confirmed due");
    }

    [Fact]
    public async Task Preferences_are_the_volunteers_own_and_checked()
    {
        var tenant = await Api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);
        var other = await tenant.AsThemselves(await tenant.NewVolunteer());
        var path = $"/volunteers/{id}/notification-preferences";

        (await me.Get(path)).ETag.ShouldBe("\"0\"");
        await Put(new { optedOut = new[] { "shift-reminder" }, dailyDigest = true, digestAt = "07:30", quietFrom = "22:00", quietUntil = "07:00", reminderHours = 48 }).NoContent();
        var set = await me.Get(path);

        (set.Json.Text("digestAt"), set.Json.Text("quietFrom"), set.Json.Number("reminderHours"), set.Json.GetProperty("optedOut")[0].GetString()).ShouldBe(("07:30:00", "22:00:00", 48, "shift-reminder"));
        (await Put(new { })).ShouldBeProblem(412, "stale-version");
        (await Put(new { quietFrom = "22:00" })).ShouldBeInvalid("quietUntil");
        (await Put(new { quietFrom = "22:00", quietUntil = "22:00" })).ShouldBeInvalid("quietUntil");
        (await Put(new { reminderHours = 0 })).ShouldBeInvalid("reminderHours");
        (await Put(new { optedOut = new[] { "late-cancellation" } })).ShouldBeInvalid("optedOut");
        (await other.Get(path)).ShouldBeProblem(404, "volunteer-not-found");
        (await other.Send(HttpMethod.Put, path, new { }, ("If-Match", "\"1\""))).ShouldBeProblem(404, "volunteer-not-found");

        Task<Answer> Put(object body) => me.Send(HttpMethod.Put, path, body, ("If-Match", "\"0\""));
    }
}
