using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering.Calendars;

/// <summary>A volunteer's shifts as their calendar program sees them.</summary>
public sealed class CalendarTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Shifts_come_move_and_are_cancelled_under_the_same_uid()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(volunteer);
        var (kept, moved, cancelled) = (await tenant.NewShift(Roster.At(), minutes: 60), await tenant.NewShift(Roster.At(days: 3), minutes: 60), await tenant.NewShift(Roster.At(days: 5), minutes: 60));
        foreach (var shift in (OpenedShift[])[kept, moved, cancelled])
        {
            await tenant.SignUp(shift, volunteer).Created();
        }

        var feed = await Renew(me, volunteer);
        var before = (await Read(feed)).ToDictionary(e => e.GetProperty("start").GetDateTimeOffset(), e => e);
        before.Count.ShouldBe(3);
        before.Values.ShouldAllBe(e => e.Text("status") == "CONFIRMED" && e.Text("zone") == "Etc/UTC");

        var to = Roster.At(days: 4);
        await tenant.Admin.Post($"/sessions/{moved.SessionId}/move", new { startsOn = $"{to:yyyy-MM-dd}", startTime = "15:00" }).Ok();
        await tenant.Admin.Post($"/sessions/{cancelled.SessionId}/cancel", new { reason = "No heating" }).NoContent();
        var after = await Eventually.Get(() => Read(feed), events => events.Any(e => e.GetProperty("start").GetDateTimeOffset() == to.AddHours(3)) && events.Any(e => e.Text("status") == "CANCELLED"));

        after.Count.ShouldBe(3);
        var (movedBefore, movedAfter) = (before[Roster.At(days: 3)], after.Single(e => e.GetProperty("start").GetDateTimeOffset() == to.AddHours(3)));
        movedAfter.Text("uid").ShouldBe(movedBefore.Text("uid"));
        movedAfter.Number("sequence").ShouldBeGreaterThan(movedBefore.Number("sequence"));
        var gone = after.Single(e => e.Text("status") == "CANCELLED");
        gone.Text("uid").ShouldBe(before[Roster.At(days: 5)].Text("uid"));
        gone.Number("sequence").ShouldBeGreaterThan(before[Roster.At(days: 5)].Number("sequence"));
        after.Single(e => e.GetProperty("start").GetDateTimeOffset() == Roster.At()).ToString().ShouldBe(before[Roster.At()].ToString());
        after.SelectMany(e => e.GetProperty("properties").EnumerateArray()).Select(p => p.GetString()).Distinct(StringComparer.Ordinal)
            .ShouldBe(["uid", "dtstamp", "sequence", "dtstart", "dtend", "summary", "status", "transp", "class"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_waiting_sign_up_is_tentative_and_one_that_was_given_back_stays_as_cancelled()
    {
        var tenant = await api.NewTenant();
        var (first, second) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var shift = await tenant.NewShift(Roster.At(), places: 1);
        var taken = (await tenant.SignUp(shift, first).Created()).Id();
        await tenant.SignUp(shift, second).Created();
        var (mine, theirs) = (await Renew(await tenant.AsThemselves(first), first), await Renew(await tenant.AsThemselves(second), second));

        (await Read(theirs)).ShouldHaveSingleItem().Text("status").ShouldBe("TENTATIVE");
        await tenant.Admin.Post($"/signups/{taken}/cancel", new { reason = "I am ill" }).NoContent();

        var given = await api.Anonymous().Get(mine);
        given.Body.ShouldNotContain("ill");
        (await Read(mine)).ShouldHaveSingleItem().Text("status").ShouldBe("CANCELLED");
    }

    [Fact]
    public async Task Only_the_newest_address_opens_the_calendar_and_none_once_it_is_taken_away()
    {
        var (tenant, other) = (await api.NewTenant(), await api.NewTenant());
        var volunteer = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(volunteer);
        var old = await Renew(me, volunteer);
        var feed = await Renew(me, volunteer);

        (await api.Anonymous().Get(old)).ShouldBeProblem(404, "calendar-feed-not-found");
        (await Read(feed)).ShouldBeEmpty();
        (await api.Anonymous().Get(feed.Replace($"{tenant.Id:N}", $"{other.Id:N}", StringComparison.Ordinal))).ShouldBeProblem(404, "calendar-feed-not-found");
        foreach (var wrong in (string[])["x", ".", "a.b", $"{tenant.Id:N}.", $"{tenant.Id:N}.{new string('A', 43)}", $"{Guid.NewGuid():N}.{new string('A', 43)}"])
        {
            (await api.Anonymous().Get($"/calendar/{wrong}.ics")).Status.ShouldBe(HttpStatusCode.NotFound, wrong);
        }

        var secret = feed.Split('.')[1];
        secret.Length.ShouldBe(43, "256 bits");
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.calendar_feeds WHERE volunteer_id = $1 AND octet_length(token_hash) = 32", volunteer)).ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.idempotent_answers WHERE response LIKE $1", $"%{secret}%")).ShouldBe(0);
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();
        (await api.Anonymous().Get(feed)).ShouldBeProblem(404, "calendar-feed-not-found");
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/resume").NoContent();

        await me.Delete($"/volunteers/{volunteer}/calendar-feed").NoContent();
        (await api.Anonymous().Get(feed)).ShouldBeProblem(404, "calendar-feed-not-found");
        (await (await tenant.AsThemselves(await tenant.NewVolunteer())).Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed")).ShouldBeProblem(404, "volunteer-not-found");
    }

    [Fact]
    public async Task Nobody_else_gets_an_address_and_it_goes_with_the_account()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(volunteer);
        var feed = await Renew(me, volunteer);

        foreach (var other in (ApiClient[])[tenant.Admin, await tenant.AsSomebody("coordinator"), await tenant.AsSomebody("tenant-admin")])
        {
            await other.Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed").Problem(404, "volunteer-not-found");
        }

        (await api.Anonymous().Get(feed)).Status.ShouldBe(HttpStatusCode.OK);
        await tenant.Admin.Delete($"/volunteers/{volunteer}/calendar-feed").NoContent();
        (await api.Anonymous().Get(feed)).ShouldBeProblem(404, "calendar-feed-not-found");

        feed = await Renew(me, volunteer);
        var successor = await tenant.AsThemselves(volunteer);
        (await api.Anonymous().Get(feed)).ShouldBeProblem(404, "calendar-feed-not-found");
        (await Read(await Renew(successor, volunteer))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_nobody_stores_it()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        await tenant.SignUp(await tenant.NewShift(Roster.At()), volunteer).Created();
        var feed = await Renew(await tenant.AsThemselves(volunteer), volunteer);

        var first = await api.Anonymous().Get(feed);
        var again = await api.Anonymous().Send(HttpMethod.Get, feed, null, ("If-None-Match", first.ETag!));

        first.Status.ShouldBe(HttpStatusCode.OK);
        again.Status.ShouldBe(HttpStatusCode.NotModified);
        again.Body.ShouldBeEmpty();
        using var raw = await api.Host.CreateClient().GetAsync(new Uri("/api/v1" + feed, UriKind.Relative));
        raw.Headers.CacheControl!.NoStore.ShouldBeTrue();
        raw.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
    }

    [Fact]
    public async Task A_series_is_one_event_that_comes_back_with_what_was_moved_or_cancelled_or_left_out()
    {
        var tenant = await api.NewTenant();
        var (group, volunteer) = (await tenant.NewGroup(), await tenant.NewVolunteer());
        var me = await tenant.AsThemselves(volunteer);
        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(2), minutes: 60, recurrence: "FREQ=WEEKLY;COUNT=6")).Created();
        var shifts = await Eventually.Get(() => tenant.Admin.All("/shifts"), all => all.Count == 6);
        var standing = await me.Post($"/shifts/{shifts[0].Id()}/standing-signups", new { except = new[] { $"{Roster.At(16):yyyy-MM-dd}" } }).Created();
        var alone = await tenant.NewShift(Roster.At(5));
        await tenant.SignUp(alone, volunteer).Created();
        var feed = await Renew(me, volunteer);

        var before = (await ReadAll(feed)).GetProperty("events").EnumerateArray().ToList();
        before.Count.ShouldBe(2);
        var series = before.Single(e => e.Text("uid") == $"{standing.Id()}@networkplatform");
        series.GetProperty("properties").EnumerateArray().Select(p => p.GetString()).ShouldContain(p => p == "rrule");
        Starts(await ReadAll(feed), "CONFIRMED").ShouldBe([Roster.At(2), Roster.At(5), Roster.At(9), Roster.At(23), Roster.At(30), Roster.At(37)]);

        var to = Roster.At(10);
        await tenant.Admin.Post($"/sessions/{shifts[1].GetProperty("sessionId").GetGuid()}/move", new { startsOn = $"{to:yyyy-MM-dd}", startTime = "15:00" }).Ok();
        await tenant.Admin.Post($"/sessions/{shifts[3].GetProperty("sessionId").GetGuid()}/cancel", new { reason = "No heating" }).NoContent();
        var after = await Eventually.Get(() => ReadAll(feed), all => Starts(all, "CANCELLED").Count == 1 && Starts(all, "CONFIRMED").Contains(to.AddHours(3)));

        Starts(after, "CONFIRMED").ShouldBe([Roster.At(2), Roster.At(5), to.AddHours(3), Roster.At(30), Roster.At(37)]);
        Starts(after, "CANCELLED").ShouldBe([Roster.At(23)]);
        var events = after.GetProperty("events").EnumerateArray().ToList();
        events.Count(e => e.Text("uid") == series.Text("uid")).ShouldBe(3, "the rule, what moved and what was cancelled");
        events.Single(e => e.GetProperty("start").GetDateTimeOffset() == to.AddHours(3)).GetProperty("recurrenceId").GetDateTimeOffset().ShouldBe(Roster.At(9));
        events.Where(e => e.Text("uid") == series.Text("uid")).ShouldAllBe(e => e.Number("sequence") > series.Number("sequence"));
        events.Single(e => e.Text("uid") != series.Text("uid")).ToString().ShouldBe(before.Single(e => e.Text("uid") != series.Text("uid")).ToString());

        await me.Patch($"/standing-signups/{standing.Id()}", new { until = $"{Roster.At(31):yyyy-MM-dd}" }).Ok();
        var ended = await ReadAll(feed);
        Starts(ended, "CANCELLED").ShouldBe([Roster.At(23), Roster.At(37)]);
        ended.GetProperty("events").EnumerateArray().First(e => e.Text("uid") == series.Text("uid")).Number("sequence")
            .ShouldBeGreaterThan(events.First(e => e.Text("uid") == series.Text("uid")).Number("sequence"));

        static List<DateTimeOffset> Starts(JsonElement calendar, string status) =>
            [.. calendar.GetProperty("occurrences").EnumerateArray().Where(o => o.Text("status") == status).Select(o => o.GetProperty("start").GetDateTimeOffset())];
    }

    /// <summary>The feed's path, relative to the API.</summary>
    private static async Task<string> Renew(ApiClient client, Guid volunteer)
    {
        var url = (await client.Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed").Ok()).Text("url");
        url.ShouldStartWith($"{ApiHost.Issuer}/api/v1/calendar/");
        return url[$"{ApiHost.Issuer}/api/v1".Length..];
    }

    private async Task<List<JsonElement>> Read(string feed) => [.. (await ReadAll(feed)).GetProperty("events").EnumerateArray()];

    private async Task<JsonElement> ReadAll(string feed)
    {
        var answer = await api.Anonymous().Get(feed);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        var read = JsonDocument.Parse(await NodeClient.Run("calendar-reader.js", JsonSerializer.Serialize<string[]>([answer.Body]))).RootElement[0];
        read.Number("longLines").ShouldBe(0);
        return read;
    }
}
