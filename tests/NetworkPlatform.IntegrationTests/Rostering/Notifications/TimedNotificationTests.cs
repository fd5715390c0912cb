using System.Globalization;

namespace NetworkPlatform.IntegrationTests.Rostering.Notifications;

/// <summary>Mail that waits: for quiet hours to end, for the day's digest, for its shift to come near, for a mail server, for a host that was killed.</summary>
public sealed class TimedNotificationTests(DatabaseServer server)
{
    [Fact]
    public async Task What_comes_in_quiet_hours_is_sent_after_them()
    {
        await using var mailed = await Start();
        var tenant = await mailed.Api.NewTenant("Etc/UTC");
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        await Prefer(tenant, id, new { quietFrom = Clock(tenant, -60), quietUntil = Clock(tenant, +60) });

        await tenant.SignUp(await tenant.NewShift(Roster.At(days: 3)), id).Created();

        var due = await Eventually.Get(
            () => mailed.Api.Database.Scalar<DateTime>("SELECT coalesce(max(due_at), now()) FROM rostering.notifications WHERE recipient_id = $1 AND kind = 'sign-up-confirmed'", id), at => at.ToUniversalTime() > DateTime.UtcNow.AddMinutes(50));
        due.ToUniversalTime().ShouldBeLessThan(DateTime.UtcNow.AddMinutes(61));
        mailed.Sink.To(email).ShouldBeEmpty();

        mailed.Api.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await mailed.Mail(email, "Confirmed");
    }

    [Fact]
    public async Task A_digest_tells_the_days_news_in_one_mail()
    {
        await using var mailed = await Start();
        var tenant = await mailed.Api.NewTenant("Etc/UTC");
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        await Prefer(tenant, id, new { dailyDigest = true, digestAt = Clock(tenant, +60) });
        var shifts = new[] { await tenant.NewShift(Roster.At(days: 3)), await tenant.NewShift(Roster.At(days: 6)), await tenant.NewShift(Roster.At(days: 9)) };
        foreach (var shift in shifts)
        {
            await tenant.SignUp(shift, id).Created();
        }

        await Eventually.Get(() => mailed.Api.Database.Scalar<long>("SELECT count(*) FROM rostering.notifications WHERE recipient_id = $1 AND in_digest", id), waiting => waiting == 3);
        await tenant.Admin.Post($"/sessions/{shifts[2].SessionId}/cancel", new { reason = "No heating" }).NoContent();
        await Eventually.Get(() => mailed.Api.Database.Scalar<long>("SELECT count(*) FROM rostering.notifications WHERE recipient_id = $1 AND in_digest", id), waiting => waiting == 4);
        mailed.Sink.To(email).ShouldBeEmpty();

        mailed.Api.Host.Clock.Advance(TimeSpan.FromMinutes(61));

        // Two confirmations and a cancellation; the third confirmation is no longer true.
        var digest = await mailed.Mail(email, "Your shifts: 3 news");
        digest.Text("text").ShouldContain("Reason: No heating");
        await Eventually.Get(() => mailed.States(id), s => s == "shift-cancelled sent, shift-reminder due, shift-reminder due, shift-reminder due, sign-up-confirmed sent, sign-up-confirmed sent, sign-up-confirmed skipped");
        mailed.Sink.To(email).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reminder_comes_before_the_shift_to_who_is_still_on_it()
    {
        await using var mailed = await Start();
        var tenant = await mailed.Api.NewTenant();
        var (here, gone) = (await MailedApi.NewReader(tenant, "en"), await MailedApi.NewReader(tenant, "en"));
        var shift = await tenant.NewShift(Roster.At(days: 5));
        await tenant.SignUp(shift, here.Id).Created();
        var signUp = (await tenant.SignUp(shift, gone.Id).Created()).Id();
        await Prefer(tenant, here.Id, new { reminderHours = 48 });
        await Eventually.Get(() => mailed.States(gone.Id), s => s.Contains("shift-reminder due", StringComparison.Ordinal));
        await Eventually.Get(() => mailed.States(here.Id), s => s.Contains("shift-reminder due", StringComparison.Ordinal));
        await tenant.Admin.Post($"/signups/{signUp}/cancel").NoContent();

        // At the usual 24 hours, since the wish for 48 came after the reminder was noted.
        mailed.Api.Host.Clock.Advance(Roster.At(days: 4) - DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1));

        await mailed.Mail(here.Email, "Reminder: ");
        await Eventually.Get(() => mailed.States(gone.Id), s => s.Contains("shift-reminder skipped", StringComparison.Ordinal));
        mailed.Sink.To(gone.Email).ShouldAllBe(m => !m.Text("subject").StartsWith("Reminder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shift_that_moves_after_its_reminder_is_reminded_of_again()
    {
        await using var mailed = await Start();
        var tenant = await mailed.Api.NewTenant();
        var (id, email) = await MailedApi.NewReader(tenant, "en");
        var shift = await tenant.NewShift(Roster.At(days: 2));
        await tenant.SignUp(shift, id).Created();
        await mailed.Mail(email, "Confirmed");
        await Prefer(tenant, id, new { reminderHours = 72 });
        await mailed.Api.Database.Execute("UPDATE rostering.notifications SET due_at = $1 WHERE kind = 'shift-reminder'", DateTimeOffset.UtcNow);
        await mailed.Api.Database.Execute("UPDATE platform.outbox_messages SET due_at = $1 WHERE type LIKE '%NotificationDue'", DateTimeOffset.UtcNow);
        await mailed.Mail(email, "Reminder: ");

        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = $"{Roster.At(days: 9):yyyy-MM-dd}", startTime = "12:00" }).Ok();

        await Eventually.Get(() => mailed.States(id), s => s == "shift-moved sent, shift-reminder due, shift-reminder sent, sign-up-confirmed sent");
        (await mailed.Api.Database.Scalar<DateTime>("SELECT due_at FROM rostering.notifications WHERE status = 'due'")).ToUniversalTime().Date.ShouldBe(Roster.At(days: 6).UtcDateTime.Date);
    }

    [Fact]
    public async Task What_no_server_took_before_the_host_was_killed_is_sent_once_after_it_comes_back()
    {
        var port = Repository.FreePort();
        var database = await server.CreateDatabase();
        database = database with { Settings = new Dictionary<string, string>(database.Settings.Concat(SmtpSink.SettingsFor(port)), StringComparer.Ordinal) };
        var (clientId, secret) = await Founded(database);
        Guid volunteer;
        var email = $"reader-{Guid.NewGuid():N}@example.org";
        using (var host = await HostProcess.Start(database, rabbitMq: null))
        {
            var tenant = await Tenant(host, clientId, secret);
            volunteer = (await tenant.Post("/volunteers", new { name = "Dana", email, languages = new[] { "en" } }).Created()).Id();
            var chapter = (await tenant.Post("/chapters", new { name = "A chapter", slug = "a-chapter", timeZone = "Etc/UTC" }).Created()).Id();
            var group = (await tenant.Post("/groups", new { chapterId = chapter, name = "A group", topic = "grief", leadership = "peer-led", format = "online" }).Created()).Id();
            await tenant.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(days: 3))).Created();
            var shift = (await Eventually.Get(() => tenant.All("/shifts"), shifts => shifts.Count > 0))[0].Id();
            await tenant.Post($"/shifts/{shift}/signups", new { volunteerId = volunteer }).Created();
            await Eventually.Get(() => database.Scalar<int>("SELECT coalesce(max(attempts), 0) FROM rostering.notifications"), attempts => attempts == 1);
            await host.Kill();
        }

        await using var sink = new SmtpSink(port);
        await sink.InitializeAsync();

        // Its next try would be in a minute.
        await database.Execute("UPDATE rostering.notifications SET due_at = $1 WHERE kind = 'sign-up-confirmed'", DateTimeOffset.UtcNow);
        await database.Execute("UPDATE platform.outbox_messages SET due_at = $1 WHERE type LIKE '%NotificationDue'", DateTimeOffset.UtcNow);
        using var restarted = await HostProcess.Start(database, rabbitMq: null);

        (await sink.To(email, 1)).ShouldHaveSingleItem().Text("subject").ShouldStartWith("Confirmed");
        await database.EventsHaveLeft();
        sink.To(email).Count.ShouldBe(1);
        (await database.Scalar<string>("SELECT status FROM rostering.notifications WHERE kind = 'shift-reminder'")).ShouldBe("due", "the reminder, brought forward, has been put off again");
    }

    private static async Task<(string ClientId, string Secret)> Founded(TestDatabase database)
    {
        await using var host = new ApiHost(database.Settings);
        var (_, clientId, secret) = await NetworkPlatform.Api.NetworkFounding.FoundAsync(host.Services, "an-umbrella", "An umbrella", "en-GB", "Europe/London", "GBP");
        return (clientId, secret);
    }

    private static async Task<ApiClient> Tenant(HostProcess host, string clientId, string secret)
    {
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiClient.FetchToken(host.Http, clientId, secret));
        var admin = new ApiClient(host.Http);
        var member = (await admin.Post("/network/members", new { slug = "a-member", name = "A member", culture = "en-GB", timeZone = "Etc/UTC", currency = "GBP", adminEmail = "admin@member.example" }).Created()).Id();
        var client = await admin.Post($"/network/members/{member}/clients", new { name = "All", roles = new[] { "tenant-admin", "coordinator" } }).Created();
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiClient.FetchToken(host.Http, client.Text("clientId"), client.Text("clientSecret")));
        return admin;
    }

    private static Task Prefer(Tenant tenant, Guid volunteer, object preferences) =>
        tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/notification-preferences", preferences, ("If-Match", "\"0\"")).NoContent();

    /// <summary>What a UTC clock shows in so many minutes.</summary>
    private static string Clock(Tenant tenant, int minutes) => tenant.Fixture.Host.Clock.GetUtcNow().AddMinutes(minutes).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private async Task<MailedApi> Start()
    {
        var mailed = new MailedApi(server);
        await mailed.InitializeAsync();
        return mailed;
    }
}
