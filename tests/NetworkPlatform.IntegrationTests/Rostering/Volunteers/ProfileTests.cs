namespace NetworkPlatform.IntegrationTests.Rostering.Volunteers;

/// <summary>What a volunteer is, and when they can help.</summary>
public sealed class ProfileTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_profile_changes_by_what_is_given_and_the_rest_stays()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var id = await tenant.NewVolunteer();
        var before = await tenant.Admin.Get($"/volunteers/{id}");
        before.Json.Text("timeZone").ShouldBe("Europe/London", "the tenant's");

        await tenant.Admin.Patch(
            $"/volunteers/{id}",
            new { languages = new[] { "he", "en" }, phone = "+44 20 7946 0000", timeZone = "Asia/Jerusalem", chapters = new[] { chapter }, roles = new[] { "facilitator" }, preferences = new { maxShiftsPerWeek = 2, note = "No stairs" } },
            ("If-Match", before.ETag!)).NoContent();
        var after = await tenant.Admin.Get($"/volunteers/{id}");
        await tenant.Admin.Patch($"/volunteers/{id}", new { phone = "", preferences = new { maxShiftsPerWeek = 0 } }, ("If-Match", after.ETag!)).NoContent();
        var cleared = await tenant.Admin.Get($"/volunteers/{id}").Ok();

        after.Json.Text("name").ShouldBe("A volunteer");
        after.Json.Text("phone").ShouldBe("+44 20 7946 0000");
        after.Json.GetProperty("roles")[0].GetString().ShouldBe("facilitator");
        after.Json.GetProperty("chapters")[0].GetGuid().ShouldBe(chapter);
        after.Json.GetProperty("preferences").Number("maxShiftsPerWeek").ShouldBe(2);
        cleared.GetProperty("phone").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        cleared.GetProperty("preferences").GetProperty("maxShiftsPerWeek").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        cleared.GetProperty("preferences").Text("note").ShouldBe("No stairs");
        cleared.Text("timeZone").ShouldBe("Asia/Jerusalem");
    }

    [Fact]
    public async Task A_change_says_which_version_it_changes_and_is_refused_whole_when_something_is_wrong()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var etag = (await tenant.Admin.Get($"/volunteers/{id}")).ETag!;

        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other" })).ShouldBeProblem(428, "if-match-missing");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other" }, ("If-Match", "\"7\""))).ShouldBeProblem(412, "stale-version");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other", phone = "call me" }, ("If-Match", etag))).ShouldBeInvalid("phone");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other", timeZone = "Mars/Olympus" }, ("If-Match", etag))).ShouldBeInvalid("timeZone");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { timeZone = "europe/london" }, ("If-Match", etag))).ShouldBeInvalid("timeZone"); // found here now, but not by the next process
        (await tenant.Admin.Patch($"/volunteers/{id}", new { timeZone = "localtime" }, ("If-Match", etag))).ShouldBeInvalid("timeZone");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other", preferences = new { maxShiftsPerWeek = -1 } }, ("If-Match", etag))).ShouldBeInvalid("preferences.maxShiftsPerWeek");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other", roles = new[] { "king" } }, ("If-Match", etag))).ShouldBeProblem(400, "invalid");
        (await tenant.Admin.Patch($"/volunteers/{id}", new { name = "Other", chapters = new[] { Guid.NewGuid() } }, ("If-Match", etag))).ShouldBeProblem(404, "chapter-not-found");

        (await tenant.Admin.Get($"/volunteers/{id}")).ETag.ShouldBe(etag);
    }

    [Fact]
    public async Task A_volunteer_sees_and_changes_themselves_and_nobody_else()
    {
        var tenant = await api.NewTenant();
        var (mine, other) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var me = await tenant.AsThemselves(mine);
        var stranger = await tenant.AsSomebody();

        var profile = await me.Get($"/volunteers/{mine}");
        await me.Patch($"/volunteers/{mine}", new { name = "Me" }, ("If-Match", profile.ETag!)).NoContent();

        (await tenant.Admin.Get($"/volunteers/{mine}").Ok()).Text("name").ShouldBe("Me");
        foreach (var (who, path) in ((ApiClient, string)[])[(me, $"/volunteers/{other}"), (stranger, $"/volunteers/{mine}"), (stranger, $"/volunteers/{mine}/availability"), (stranger, $"/volunteers/{mine}/free-times"), (stranger, $"/volunteers/{mine}/network-consent")])
        {
            (await who.Get(path)).ShouldBeProblem(404, "volunteer-not-found");
        }

        (await me.Patch($"/volunteers/{other}", new { name = "Me" }, ("If-Match", "\"1\""))).ShouldBeProblem(404, "volunteer-not-found");
        (await me.Send(HttpMethod.Put, $"/volunteers/{other}/availability", new { }, ("If-Match", "\"0\""))).ShouldBeProblem(404, "volunteer-not-found");
        (await me.Get("/volunteers")).ShouldBeProblem(403, "permission-missing");
    }

    [Fact]
    public async Task Who_has_said_nothing_is_there_at_any_time_and_what_is_said_holds_by_their_own_clock()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);
        await me.Patch($"/volunteers/{id}", new { timeZone = "America/New_York" }, ("If-Match", (await me.Get($"/volunteers/{id}")).ETag!)).NoContent();

        (await me.Get($"/volunteers/{id}/free-times?from=2026-11-01T00:00:00Z&to=2026-11-15T00:00:00Z").Ok()).GetProperty("items").GetArrayLength().ShouldBe(1);
        var nothing = await me.Get($"/volunteers/{id}/availability");
        nothing.ETag.ShouldBe("\"0\"");
        await me.Send(HttpMethod.Put, $"/volunteers/{id}/availability", new
        {
            weekly = new[] { new { day = "sunday", from = "18:00", until = "21:00" }, new { day = "saturday", from = "22:00", until = "00:00" }, new { day = "sunday", from = "00:00", until = "02:00" } },
            exceptions = new[] { new { date = "2026-11-08", hours = new[] { new { from = "09:00", until = "10:00" } } } },
            timeOff = new[] { new { from = "2026-11-21", until = "2026-11-30" } },
        }, ("If-Match", "\"0\"")).NoContent();

        // The clocks go back on 1 November 2026 at 2:00: midnight to 2:00 is three hours long.
        var free = (await tenant.Admin.Get($"/volunteers/{id}/free-times?from=2026-10-31T12:00:00Z&to=2026-11-30T00:00:00Z").Ok()).GetProperty("items").EnumerateArray()
            .Select(i => $"{i.GetProperty("from").GetDateTimeOffset().UtcDateTime:MM-dd HH:mm}/{i.GetProperty("until").GetDateTimeOffset().UtcDateTime:MM-dd HH:mm}");
        string.Join(' ', free).Replace(' ', ',').ShouldBe("11-01,02:00/11-01,07:00,11-01,23:00/11-02,02:00,11-08,03:00/11-08,05:00,11-08,14:00/11-08,15:00,11-15,03:00/11-15,07:00,11-15,23:00/11-16,02:00");
        (await me.Send(HttpMethod.Put, $"/volunteers/{id}/availability", new { }, ("If-Match", "\"0\""))).ShouldBeProblem(412, "stale-version");
    }

    [Fact]
    public async Task Who_only_says_when_they_are_away_is_free_at_any_other_time()
    {
        var tenant = await api.NewTenant("Etc/UTC");
        var id = await tenant.NewVolunteer();

        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/availability", new { timeOff = new[] { new { from = "2026-11-03", until = "2026-11-04" } } }, ("If-Match", "\"0\"")).NoContent();

        (await FreeTimes()).ShouldBe(["11-01 00:00/11-03 00:00", "11-05 00:00/11-08 00:00"]);
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/availability", new { weekly = Array.Empty<object>() }, ("If-Match", "\"1\"")).NoContent();
        (await FreeTimes()).ShouldBeEmpty();

        async Task<List<string>> FreeTimes() => (await tenant.Admin.Get($"/volunteers/{id}/free-times?from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z").Ok()).GetProperty("items").EnumerateArray()
            .Select(i => $"{i.GetProperty("from").GetDateTimeOffset().UtcDateTime:MM-dd HH:mm}/{i.GetProperty("until").GetDateTimeOffset().UtcDateTime:MM-dd HH:mm}").ToList();
    }

    [Fact]
    public async Task Hours_that_cannot_be_are_refused_by_field()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();

        (await Put(new { weekly = new[] { new { day = "monday", from = "10:00", until = "09:00" } } })).ShouldBeInvalid("weekly");
        (await Put(new { exceptions = new[] { new { date = "2026-01-01", hours = new[] { new { from = "10:00", until = "10:00" } } } } })).ShouldBeInvalid("exceptions");
        (await Put(new { timeOff = new[] { new { from = "2026-02-01", until = "2026-01-01" } } })).ShouldBeInvalid("timeOff");
        (await Put(new { weekly = new[] { new { day = "someday", from = "10:00", until = "11:00" } } })).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await tenant.Admin.Get($"/volunteers/{id}/free-times?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).ShouldBeInvalid("to");
        (await tenant.Admin.Get($"/volunteers/{id}/free-times?from=0001-01-01T00:00:00Z")).ShouldBeInvalid("from");

        (await tenant.Admin.Get($"/volunteers/{id}/availability")).ETag.ShouldBe("\"0\"");

        Task<Answer> Put(object body) => tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/availability", body, ("If-Match", "\"0\""));
    }
}
