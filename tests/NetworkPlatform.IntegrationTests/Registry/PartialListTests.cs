using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkPlatform.IntegrationTests.Registry;

/// <summary>A file may be a part of a list.</summary>
public sealed class PartialListTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly JsonObject Hall = new()
    {
        ["slug"] = "hall",
        ["name"] = "In the hall",
        ["day"] = 1,
        ["time"] = "19:00",
        ["location"] = "Town hall",
        ["formatted_address"] = "2 Market Square, Somewhere",
        ["types"] = "S,X",
        ["group"] = "Hall Group",
        ["group_notes"] = "All are welcome.",
    };

    private static readonly JsonObject Online = new()
    {
        ["slug"] = "online",
        ["name"] = "Online",
        ["day"] = 3,
        ["time"] = "19:00",
        ["conference_url"] = "https://meet.example/hall",
        ["types"] = "ONL,ITA",
        ["group"] = "Hall Group",
    };

    [Fact]
    public async Task A_group_is_what_all_of_its_meetings_are_whichever_of_them_a_file_lists()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var all = ("hybrid", "es,it", "wheelchair", "All are welcome.");
        (await After(Hall)).ShouldBe(("in-person", "es", "wheelchair", "All are welcome."));
        (await After(Online)).ShouldBe(all);
        (await After(With(Online, "notes", "Cameras may stay off."))).ShouldBe(all);
        (await After(With(Online, "notes", "Cameras on."), With(Hall, "day", 9))).ShouldBe(all, "a row that is refused says nothing");

        // Whoever lists all of them says what the group is now.
        (await After(With(Hall, "types", "S"), With(Online, "group", "Online Group"))).ShouldBe(("in-person", "es", "", "All are welcome."));

        async Task<(string, string, string, string)> After(params JsonObject[] rows)
        {
            await ImportTests.Import(tenant, chapter, new JsonArray([.. rows.Select(r => r.DeepClone())]).ToJsonString());
            var group = await tenant.Admin.Get($"/groups/{(await tenant.Admin.All("/groups")).Single(g => g.Text("name") == "Hall Group").Id()}").Ok();
            return (group.Text("format"), Words(group, "languages"), Words(group, "accessibility"), group.Text("description"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_is_what_its_meetings_are_that_are_left_when_one_goes_to_another(bool leavesFirst)
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, new JsonArray(Hall.DeepClone(), Online.DeepClone()).ToJsonString());
        JsonObject[] rows = [Hall.DeepClone().AsObject(), With(Online, "group", "Online Group")];

        var import = await ImportTests.Import(tenant, chapter, new JsonArray([.. leavesFirst ? rows.Reverse() : rows]).ToJsonString());

        (import.Number("updated"), import.Number("unchanged")).ShouldBe((1, 1));
        var groups = await tenant.Admin.All("/groups");
        groups.Select(g => (g.Text("name"), g.Text("format"))).ShouldBe([("Hall Group", "in-person"), ("Online Group", "online")], ignoreOrder: true);
        Words(await tenant.Admin.Get($"/groups/{groups.Single(g => g.Text("name") == "Hall Group").Id()}").Ok(), "languages").ShouldBe("es");
    }

    [Fact]
    public async Task A_group_has_another_ETag_once_its_meetings_are_others()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await ImportTests.Import(tenant, chapter, new JsonArray(Hall.DeepClone(), Online.DeepClone()).ToJsonString());
        var group = (await tenant.Admin.All("/groups")).ShouldHaveSingleItem().Id();
        List<string?> tags = [await Tag()];

        await tenant.Admin.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At())).Created();
        tags.Add(await Tag());
        await ImportTests.Import(tenant, chapter, new JsonArray(Hall.DeepClone(), With(Online, "time", "18:00")).ToJsonString());
        tags.Add(await Tag());
        await ImportTests.Import(tenant, chapter, new JsonArray(With(Online, "group", "Online Group")).ToJsonString());
        tags.Add(await Tag());

        tags.Distinct(StringComparer.Ordinal).Count().ShouldBe(4, string.Join(' ', tags));
        await ImportTests.Import(tenant, chapter, new JsonArray(Hall.DeepClone()).ToJsonString());
        (await Tag()).ShouldBe(tags[^1], "nothing has changed");

        async Task<string?> Tag() => (await tenant.Admin.Get($"/groups/{group}")).ETag;
    }

    [Fact]
    public async Task A_meeting_is_the_same_in_whichever_letters_its_slug_is_written()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();

        foreach (var (slug, created) in ((string, int)[])[("hall-1", 1), ("Hall-1", 0), ("hall-1", 0)])
        {
            (await ImportTests.Import(tenant, chapter, new JsonArray(With(Hall, "slug", slug)).ToJsonString())).Number("created").ShouldBe(created, slug);
        }

        (await ImportTests.SessionsOf(tenant, "Hall Group")).DistinctBy(s => s.Text("startsAt"), StringComparer.Ordinal).Count().ShouldBeInRange(8, 9);
        (await api.Database.Scalar<long>("SELECT count(*) FROM registry.meetings WHERE tenant_id = $1", tenant.Id)).ShouldBe(1);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("notes")]
    [InlineData("slug")]
    public async Task A_row_with_what_is_no_character_is_refused_alone(string field)
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();

        var import = await ImportTests.Import(tenant, chapter, new JsonArray(Hall.DeepClone(), With(Online, field, "half\uFFFEway")).ToJsonString());

        (import.Number("created"), import.Number("rejected")).ShouldBe((1, 1));
        var problem = import.GetProperty("problems").EnumerateArray().ShouldHaveSingleItem();
        (problem.Number("row"), problem.Text("field")).ShouldBe((2, field));
        problem.Text("message").ShouldContain("Unicode");
    }

    private static JsonObject With(JsonObject row, string field, JsonNode value)
    {
        var changed = row.DeepClone().AsObject();
        changed[field] = value;
        return changed;
    }

    private static string Words(JsonElement group, string name) => string.Join(',', group.GetProperty(name).EnumerateArray().Select(w => w.GetString()));
}
