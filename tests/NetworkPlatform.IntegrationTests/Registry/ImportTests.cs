using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkPlatform.IntegrationTests.Registry;

public sealed class ImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Feed = """
        [
          { "slug": "mon-hall", "name": "Monday Hall", "day": 1, "time": "19:00", "end_time": "20:30", "location": "Town hall", "formatted_address": "2 Market Square, Somewhere", "types": ["O"], "group": "Hall Group", "contact_1_phone": "0000 111" },
          { "slug": "wed-hall", "name": "Wednesday Hall", "day": "3", "time": "07:00 PM", "location": "Town hall", "formatted_address": "2 Market Square, Somewhere", "group": "Hall Group" },
          { "slug": "online", "name": "Lunch Online", "day": [2, 4], "time": "12:15", "conference_url": "https://meet.example/lunch", "types": "ONL,EN" }
        ]
        """;

    [Fact]
    public async Task A_feed_makes_groups_venues_meetings_and_the_sessions_of_eight_weeks()
    {
        var (tenant, chapter) = await NewChapter();

        var import = await Import(tenant, chapter, Feed);

        Counts(import).ShouldBe((Total: 3, Created: 3, Updated: 0, Unchanged: 0, Rejected: 0));
        var groups = await tenant.Admin.All("/groups");
        groups.Select(g => g.Text("name")).ShouldBe(["Hall Group", "Lunch Online"], ignoreOrder: true);
        (await tenant.Admin.All("/venues")).ShouldHaveSingleItem().Text("name").ShouldBe("Town hall");
        var hall = groups.Single(g => g.Text("name") == "Hall Group").Id();
        var sessions = await tenant.Admin.All($"/groups/{hall}/sessions");
        sessions.Count.ShouldBeInRange(16, 17);
        sessions.ShouldAllBe(s => s.GetProperty("startsAt").GetDateTimeOffset() < DateTimeOffset.UtcNow.AddDays(57));
        await Eventually.Get(() => tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z"), shifts => shifts.Count >= 32);
        (await api.Database.Scalar<long>("SELECT count(*) FROM registry.imports WHERE tenant_id = $1 AND (rows LIKE '%0000 111%' OR rows <> '[]')", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_changed_one_just_that()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var before = await Snapshot(tenant);

        Counts(await Import(tenant, chapter, Feed)).ShouldBe((3, 0, 0, 3, 0));
        (await Snapshot(tenant)).ShouldBe(before);

        var changed = JsonNode.Parse(Feed)!.AsArray();
        changed[0]!["time"] = "18:00";
        changed[0]!["end_time"] = "19:30";
        Counts(await Import(tenant, chapter, changed.ToJsonString())).ShouldBe((3, 0, 1, 2, 0));
        var after = await Snapshot(tenant);
        after.Count.ShouldBe(before.Count);
        var moved = after.Except(before, StringComparer.Ordinal).ToList();
        moved.Count.ShouldBeInRange(7, 9);
        var shifts = await Eventually.Get(() => tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z"), all => all.Count == before.Count && all.Count(s => moved.Any(m => m.Contains(s.Text("sessionId"), StringComparison.Ordinal)
            && m.Contains(s.Text("startsAt"), StringComparison.Ordinal))) == moved.Count);
        shifts.Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task A_meeting_that_changes_its_day_cancels_the_old_dates()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var changed = JsonNode.Parse(Feed)!.AsArray();
        changed[1]!["day"] = 5;

        await Import(tenant, chapter, changed.ToJsonString());

        var sessions = await tenant.Admin.All($"/groups/{(await tenant.Admin.All("/groups")).Single(g => g.Text("name") == "Hall Group").Id()}/sessions");
        sessions.Where(s => s.GetProperty("startsAt").GetDateTimeOffset().DayOfWeek == DayOfWeek.Wednesday && s.GetProperty("startsAt").GetDateTimeOffset() > DateTimeOffset.UtcNow)
            .ShouldAllBe(s => s.Text("status") == "cancelled");
        sessions.Count(s => s.GetProperty("startsAt").GetDateTimeOffset().DayOfWeek == DayOfWeek.Friday && s.Text("status") == "scheduled").ShouldBeInRange(7, 9);
    }

    [Fact]
    public async Task A_session_that_has_begun_stays_as_it_is_when_its_meeting_changes()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter(ZoneAtNoon());
        await Import(tenant, chapter, Daily("11:00", "14:00"));
        var before = await Snapshot(tenant);

        Counts(await Import(tenant, chapter, Daily("18:00", "19:00"))).ShouldBe((1, 0, 1, 0, 0));

        var after = await Snapshot(tenant);
        after.Count.ShouldBe(before.Count);
        after.Intersect(before, StringComparer.Ordinal).ShouldHaveSingleItem().ShouldBe(before[0], "it is today's, which has begun");
    }

    [Fact]
    public async Task A_session_that_was_moved_into_the_past_keeps_its_date_when_its_meeting_changes()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter(ZoneAtNoon());
        await Import(tenant, chapter, Daily("18:00", "19:00"));
        var nextWeeks = (await SessionsOf(tenant, "Daily"))[7].Id();
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await tenant.Admin.Post($"/sessions/{nextWeeks}/move", new { startsOn = yesterday, startTime = "18:00" }).Ok();
        var before = await Snapshot(tenant);

        Counts(await Import(tenant, chapter, Daily("19:00", "20:00"))).ShouldBe((1, 0, 1, 0, 0));

        var after = await Snapshot(tenant);
        after.Count.ShouldBe(before.Count);
        after.Intersect(before, StringComparer.Ordinal).ShouldHaveSingleItem().ShouldStartWith(nextWeeks.ToString());
    }

    [Fact]
    public async Task A_meeting_that_changes_its_day_and_then_back_has_its_sessions_again()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var before = await Wednesdays();
        before.Count.ShouldBeInRange(7, 9);
        await tenant.Admin.Post($"/sessions/{before[2].Id()}/cancel", new { reason = "The hall is flooded." }).NoContent();
        var slipped = JsonNode.Parse(Feed)!.AsArray();
        slipped[1]!["day"] = 5;
        await Import(tenant, chapter, slipped.ToJsonString());

        await Import(tenant, chapter, Feed);

        var after = await Wednesdays();
        after.Select(s => s.Text("startsAt")).ShouldBe(before.Where(s => s.Id() != before[2].Id()).Select(s => s.Text("startsAt")), "all but the one that a person cancelled");
        after.Select(s => s.Id()).Intersect(before.Select(s => s.Id())).ShouldBeEmpty("who heard that a session was cancelled holds that for final");
        await Eventually.Get(
            () => tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z"), all => all.Count(s => s.Text("status") == "open" && after.Exists(a => a.Text("id") == s.Text("sessionId"))) == after.Count);

        async Task<List<JsonElement>> Wednesdays() => (await SessionsOf(tenant, "Hall Group")).FindAll(s =>
            s.Text("status") == "scheduled" && StartOf(s).DayOfWeek == DayOfWeek.Wednesday && StartOf(s) > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_closed_group_gets_no_sessions_from_a_list()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var hall = (await tenant.Admin.All("/groups")).Single(g => g.Text("name") == "Hall Group").Id();
        await tenant.Admin.Post($"/groups/{hall}/close").NoContent();
        var before = await Snapshot(tenant);
        var changed = JsonNode.Parse(Feed)!.AsArray();
        changed[0]!["day"] = 2;
        changed.Add(new JsonObject { ["slug"] = "fri-hall", ["name"] = "Friday Hall", ["day"] = 5, ["time"] = "10:00", ["group"] = "Hall Group" });

        Counts(await Import(tenant, chapter, changed.ToJsonString())).ShouldBe((4, 1, 1, 2, 0));

        (await Snapshot(tenant)).ShouldBe(before);
        var closed = await tenant.Admin.Get($"/groups/{hall}").Ok();
        closed.Text("status").ShouldBe("closed");
        closed.GetProperty("meetings").EnumerateArray().Select(m => m.Text("recurrence")[^2..]).ShouldBe(["TU", "WE", "FR"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_meeting_that_changes_its_group_takes_its_sessions_to_come_along()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var wednesdays = (await SessionsOf(tenant, "Hall Group")).FindAll(s => StartOf(s).DayOfWeek == DayOfWeek.Wednesday && StartOf(s) > DateTimeOffset.UtcNow).ConvertAll(s => s.Id());
        var changed = JsonNode.Parse(Feed)!.AsArray();
        changed[1]!["group"] = "Evening Group";

        await Import(tenant, chapter, changed.ToJsonString());

        (await SessionsOf(tenant, "Evening Group")).ConvertAll(s => s.Id()).ShouldBe(wednesdays);
        await tenant.Admin.Post($"/groups/{(await tenant.Admin.All("/groups")).Single(g => g.Text("name") == "Hall Group").Id()}/close").NoContent();
        (await SessionsOf(tenant, "Evening Group")).ShouldAllBe(s => s.Text("status") == "scheduled");
    }

    [Fact]
    public async Task A_bad_row_is_refused_alone_with_row_field_and_reason()
    {
        var (tenant, chapter) = await NewChapter();
        var rows = JsonNode.Parse(Feed)!.AsArray();
        rows.Add(new JsonObject { ["slug"] = "bad-day", ["name"] = "Bad day", ["day"] = "7", ["time"] = "10:00" });
        rows.Add(new JsonObject { ["slug"] = "no-day", ["name"] = "No day", ["time"] = "10:00" });
        rows.Add(new JsonObject { ["slug"] = "bad-time", ["name"] = "Bad time", ["day"] = 1, ["time"] = "25:00" });
        rows.Add(new JsonObject { ["slug"] = "long", ["name"] = new string('x', 300), ["day"] = 1, ["time"] = "10:00" });

        var import = await Import(tenant, chapter, rows.ToJsonString());

        Counts(import).ShouldBe((7, 3, 0, 0, 4));
        import.GetProperty("problems").EnumerateArray().Select(p => (p.Number("row"), p.Text("field")))
            .ShouldBe([(4, "day"), (5, "day"), (6, "time"), (7, "name")], ignoreOrder: true);
        import.GetProperty("problems").EnumerateArray().ShouldAllBe(p => p.Text("message").Length > 5);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_whole_with_line_and_column()
    {
        var (tenant, chapter) = await NewChapter();

        var problem = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", Text(Feed + "\nand then some")).Problem(400, "import-not-readable");

        problem.Number("line").ShouldBe(Feed.Count(c => c == '\n') + 2);
        problem.Number("column").ShouldBe(1);
        (await tenant.Admin.All("/groups")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_of_more_meetings_than_are_taken_in_at_once_is_refused_whole()
    {
        var (tenant, chapter) = await NewChapter();

        (await Import(tenant, chapter, Daily(714), "&dryRun=true")).Number("created").ShouldBe(714);
        var problem = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}&dryRun=true", Text(Daily(715))).Problem(400, "import-not-readable");

        problem.GetProperty("errors").GetProperty("body")[0].GetString().ShouldNotBeNull().ShouldContain("at most 5000 are allowed");

        static string Daily(int rows) => JsonSerializer.Serialize(Enumerable.Range(0, rows).Select(i =>
            new { slug = $"a{i}", name = "Daily", group = "Daily", day = Enumerable.Range(0, 7), time = "10:00", conference_url = "https://meet.example/daily" }));
    }

    [Fact]
    public async Task A_venue_has_the_position_that_a_later_list_gives_it()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var placed = JsonNode.Parse(Feed)!.AsArray();
        (placed[0]!["latitude"], placed[0]!["longitude"]) = (51.5, -0.12);

        Counts(await Import(tenant, chapter, placed.ToJsonString())).ShouldBe((3, 0, 1, 2, 0));
        (await Position()).ShouldBe((51.5m, -0.12m));

        // A list without one says nothing of it.
        await Import(tenant, chapter, Feed);
        (await Position()).ShouldBe((51.5m, -0.12m));

        async Task<(decimal?, decimal?)> Position()
        {
            var venue = (await tenant.Admin.All("/venues")).ShouldHaveSingleItem();
            return (Degrees(venue, "latitude"), Degrees(venue, "longitude"));
        }

        static decimal? Degrees(JsonElement venue, string name) => venue.GetProperty(name).ValueKind == JsonValueKind.Null ? null : venue.GetProperty(name).GetDecimal();
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        var (tenant, chapter) = await NewChapter();

        Counts(await Import(tenant, chapter, Feed, "&dryRun=true")).ShouldBe((3, 3, 0, 0, 0));
        (await tenant.Admin.All("/groups")).ShouldBeEmpty();

        await Import(tenant, chapter, Feed);
        var changed = Feed.Replace("Monday Hall", "Monday Great Hall", StringComparison.Ordinal);
        Counts(await Import(tenant, chapter, changed, "&dryRun=true")).ShouldBe((3, 0, 1, 2, 0));
        (await api.Database.Scalar<long>("SELECT count(*) FROM registry.meetings WHERE tenant_id = $1 AND name = 'Monday Great Hall'", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_parameters_are_named()
    {
        var (tenant, chapter) = await NewChapter();

        (await tenant.Admin.Post($"/imports?format=yaml&chapterId={chapter}", Text(Feed))).ShouldBeInvalid("format");
        (await tenant.Admin.Post("/imports?format=meeting-guide", Text(Feed))).ShouldBeInvalid("chapterId");
        (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}&timeZone=Nowhere/Town", Text(Feed))).ShouldBeInvalid("timeZone");
        (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", Text(""))).ShouldBeInvalid("body");
        await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={Guid.NewGuid()}", Text(Feed)).Problem(404, "chapter-not-found");
    }

    [Theory]
    [InlineData("sussexaa.json", "America/New_York", 123)]
    [InlineData("edmonton.json", "America/Edmonton", 315)]
    public async Task A_real_feed_goes_in_once(string file, string timeZone, int meetings)
    {
        Assert.SkipWhen(Repository.SharedData is null, "The real feeds beside the checkout are absent.");
        var feed = await File.ReadAllTextAsync(Path.Combine(Repository.SharedData!, "meeting-guide", file));
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter(timeZone);

        Counts(await Import(tenant, chapter, feed)).ShouldBe((meetings, meetings, 0, 0, 0));
        Counts(await Import(tenant, chapter, feed)).ShouldBe((meetings, 0, 0, meetings, 0));

        var sessions = await api.Database.Scalar<long>("SELECT count(*) FROM registry.sessions WHERE tenant_id = $1", tenant.Id);
        sessions.ShouldBeInRange(meetings * 8L, meetings * 9L);
        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", tenant.Id), shifts => shifts == sessions, seconds: 180);
    }

    [Fact]
    public async Task The_real_broken_feed_is_refused_whole()
    {
        Assert.SkipWhen(Repository.SharedData is null, "The real feeds beside the checkout are absent.");
        var feed = await File.ReadAllTextAsync(Path.Combine(Repository.SharedData!, "meeting-guide", "invalid.json"));
        var (tenant, chapter) = await NewChapter();

        var problem = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", Text(feed)).Problem(400, "import-not-readable");

        feed.Split('\n')[problem.Number("line") - 1][(problem.Number("column") - 1)..].ShouldStartWith("invalid text");
    }

    [Fact]
    public async Task A_list_that_comes_to_its_turn_after_a_later_one_was_taken_in_is_refused()
    {
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        await api.Database.Execute("UPDATE registry.imports SET requested_at = $2 WHERE tenant_id = $1", tenant.Id, DateTimeOffset.UtcNow.AddHours(1));
        var before = await Snapshot(tenant);
        var older = JsonNode.Parse(Feed)!.AsArray();
        older[0]!["time"] = "18:00";

        var id = (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", Text(older.ToJsonString())).Accepted()).Id();

        var import = await Eventually.Get(() => tenant.Admin.Get($"/imports/{id}").Ok(), i => i.Text("status") != "pending");
        import.Text("status").ShouldBe("refused");
        import.GetProperty("problems")[0].Text("message").ShouldBe("A later list has been taken in already.");
        (await Snapshot(tenant)).ShouldBe(before);
        (await Import(tenant, chapter, older.ToJsonString(), "&dryRun=true")).Number("updated").ShouldBe(1);
    }

    [Fact]
    public async Task Rows_that_have_waited_from_before_slugs_were_in_small_letters_are_of_the_same_meetings()
    {
        DatabaseServer.OnPostgreSqlOnly("a row is copied as a record.");
        var (tenant, chapter) = await NewChapter();
        await Import(tenant, chapter, Feed);
        var ahead = Guid.CreateVersion7();
        await api.Database.Execute(
            "INSERT INTO registry.imports SELECT (jsonb_populate_record(i, jsonb_build_object('id', $2, 'status', 'pending'))).* FROM registry.imports i WHERE tenant_id = $1", tenant.Id, ahead);
        var id = (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", Text(Feed)).Accepted()).Id();
        await api.Database.Execute("UPDATE registry.imports SET rows = replace(rows, 'mon-hall', 'Mon-HALL') WHERE id = $1", id);

        await api.Database.Execute("UPDATE registry.imports SET status = 'refused' WHERE id = $1", ahead);

        Counts(await Eventually.Get(() => tenant.Admin.Get($"/imports/{id}").Ok(), i => i.Text("status") == "completed")).ShouldBe((3, 0, 0, 3, 0));
    }

    internal static async Task<JsonElement> Import(Tenant tenant, Guid chapter, string feed, string more = "")
    {
        var accepted = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}{more}", Text(feed)).Accepted();
        return await Eventually.Get(() => tenant.Admin.Get($"/imports/{accepted.Id()}").Ok(), import => import.Text("status") == "completed");
    }

    private static (int Total, int Created, int Updated, int Unchanged, int Rejected) Counts(JsonElement import) =>
        (import.Number("total"), import.Number("created"), import.Number("updated"), import.Number("unchanged"), import.Number("rejected"));

    /// <summary>A zone in which it is noon and the date is UTC's, so that today has sessions that have begun and others that are to come.</summary>
    internal static string ZoneAtNoon()
    {
        // The signs in these names are the other way round.
        var behind = DateTimeOffset.UtcNow.Hour - 12;
        return behind == 0 ? "Etc/UTC" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{behind:+0;-0}");
    }

    internal static string Daily(string time, string end) =>
        JsonSerializer.Serialize(new[] { new { slug = "daily", name = "Daily", day = Enumerable.Range(0, 7), time, end_time = end, conference_url = "https://meet.example/daily" } });

    private static DateTimeOffset StartOf(JsonElement session) => session.GetProperty("startsAt").GetDateTimeOffset();

    internal static async Task<List<JsonElement>> SessionsOf(Tenant tenant, string group) =>
        await tenant.Admin.All($"/groups/{(await tenant.Admin.All("/groups")).Single(g => g.Text("name") == group).Id()}/sessions");

    private static StringContent Text(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Every session with its time and status, as text.</summary>
    private static async Task<IReadOnlyList<string>> Snapshot(Tenant tenant)
    {
        List<string> sessions = [];
        foreach (var group in await tenant.Admin.All("/groups"))
        {
            sessions.AddRange((await tenant.Admin.All($"/groups/{group.Id()}/sessions")).Select(s => $"{s.Text("id")} {s.Text("startsAt")} {s.Text("endsAt")} {s.Text("status")}"));
        }

        return sessions;
    }

    private async Task<(Tenant Tenant, Guid Chapter)> NewChapter()
    {
        var tenant = await api.NewTenant();
        return (tenant, await tenant.NewChapter());
    }
}
