using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>Umbrellas, their members at any depth, what these inherit, and whose roles reach where.</summary>
public sealed class NetworkTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static int slugs;

    [Fact]
    public async Task A_member_is_usable_at_once()
    {
        var member = await (await api.NewNetwork()).NewMember();

        (await member.Admin.Get("/tenant").Ok()).Text("slug").ShouldBe(member.Slug);
        await member.NewGroup();
    }

    [Fact]
    public async Task A_member_that_is_an_umbrella_adds_members_and_neither_sees_its_siblings()
    {
        var top = await api.NewNetwork();
        var (region, regionAdmin) = await NewUmbrella(top.Admin);
        var (other, otherAdmin) = await NewUmbrella(top.Admin);

        var leaf = await Add(regionAdmin);

        Slugs(await regionAdmin.Get("/network").Ok()).ShouldBe([leaf.Slug]);
        Slugs(await otherAdmin.Get("/network").Ok()).ShouldBeEmpty();
        Slugs(await top.Admin.Get("/network").Ok()).ShouldBe([region.Slug, other.Slug, leaf.Slug], ignoreOrder: true);
        await otherAdmin.Post($"/network/members/{leaf.Id}/suspend").Problem(404, "member-not-found");
        await regionAdmin.Post($"/network/members/{other.Id}/suspend").Problem(404, "member-not-found");
        await otherAdmin.Post($"/network/members/{leaf.Id}/clients", new { name = "x", roles = new[] { "viewer" } }).Problem(404, "member-not-found");
    }

    [Fact]
    public async Task A_members_client_that_is_asked_for_twice_under_one_key_is_made_once()
    {
        var member = await api.NewTenant();
        var (path, key) = ($"/network/members/{member.Id}/clients", ("Idempotency-Key", "a-client"));
        var first = await member.Network.Admin.Post(path, new { name = "Once", roles = new[] { "viewer" } }, key).Created();

        var again = await member.Network.Admin.Post(path, new { name = "Once", roles = new[] { "viewer" } }, key).Created();

        again.GetRawText().ShouldBe(first.GetRawText());
        (await member.Admin.All("/clients")).Count(c => c.Text("name") == "Once").ShouldBe(1);
        await member.Network.Admin.Post(path, new { name = "Another", roles = new[] { "viewer" } }, key).Problem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_network_has_five_levels_at_most_and_only_umbrellas_add_members()
    {
        var admin = (await api.NewNetwork()).Admin;
        for (var level = 2; level <= 5; level++)
        {
            (_, admin) = await NewUmbrella(admin);
        }

        await admin.Post("/network/members", Member()).Problem(422, "network-too-deep");
        var tenant = await api.NewTenant();
        await (await tenant.ClientAs("tenant-admin")).Post("/network/members", Member()).Problem(403, "permission-missing");
    }

    [Fact]
    public async Task Suspending_an_umbrella_suspends_all_below_it()
    {
        var top = await api.NewNetwork();
        var (region, regionAdmin) = await NewUmbrella(top.Admin);
        var leaf = await Add(regionAdmin);
        var leafAdmin = await ClientIn(regionAdmin, leaf.Id, "tenant-admin");
        await leafAdmin.Get("/tenant").Ok();

        await top.Admin.Post($"/network/members/{region.Id}/suspend").NoContent();

        await leafAdmin.Get("/tenant").Problem(403, "tenant-suspended");
        await regionAdmin.Get("/tenant").Problem(403, "tenant-suspended");
        var members = (await top.Admin.Get("/network").Ok()).GetProperty("members").EnumerateArray().ToList();
        members.ShouldAllBe(m => m.GetProperty("suspended").GetBoolean());
        await top.Admin.Post($"/network/members/{region.Id}/resume").NoContent();
        (await top.Admin.All("/audit?action=suspend-member")).ShouldHaveSingleItem().Text("records").ShouldBe($"Tenant {region.Id}");
        await leafAdmin.Get("/tenant").Ok();
    }

    [Fact]
    public async Task What_an_umbrella_has_suspended_none_below_it_resumes()
    {
        var top = await api.NewNetwork();
        var (_, regionAdmin) = await NewUmbrella(top.Admin);
        var leaf = await Add(regionAdmin);
        await regionAdmin.Post($"/network/members/{leaf.Id}/suspend").NoContent();
        await top.Admin.Post($"/network/members/{leaf.Id}/suspend").NoContent();

        await regionAdmin.Post($"/network/members/{leaf.Id}/suspend").NoContent();
        await regionAdmin.Post($"/network/members/{leaf.Id}/resume").Problem(403, "decided-above");

        (await top.Admin.Get("/network").Ok()).GetProperty("members").EnumerateArray().Single(m => m.Id() == leaf.Id).GetProperty("suspended").GetBoolean().ShouldBeTrue();
        await top.Admin.Post($"/network/members/{leaf.Id}/resume").NoContent();
        await regionAdmin.Post($"/network/members/{leaf.Id}/suspend").NoContent();
        await regionAdmin.Post($"/network/members/{leaf.Id}/resume").NoContent();
        (await top.Admin.Get("/network").Ok()).GetProperty("members").EnumerateArray().Single(m => m.Id() == leaf.Id).GetProperty("suspended").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_that_ends_in_a_line_break_or_that_nobody_could_be_reached_by_is_refused()
    {
        var network = await api.NewNetwork();
        object Member(string slug, string adminEmail = "a@b.example") => new { slug, name = "x", adminEmail };

        (await network.Admin.Post("/network/members", Member("river-bank\n"))).ShouldBeInvalid("slug");
        (await network.Admin.Post("/network/members", Member("river-bank", "a@b.example\n"))).ShouldBeInvalid("adminEmail");
        await using var node = new ApiHost(new Dictionary<string, string>(api.Settings, StringComparer.Ordinal) { ["Tenancy:IgnoredIdentifiers:0"] = "www" });
        (await ApiFixture.At(node, network.Admin).Post("/network/members", Member("www"))).ShouldBeInvalid("slug");
        (await network.Admin.Get("/network").Ok()).GetProperty("members").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Settings_are_inherited_down_the_network_and_overridden_and_given_up_again()
    {
        var top = await api.NewNetwork();
        var (_, regionAdmin) = await NewUmbrella(top.Admin);
        var leaf = await Add(regionAdmin);
        var leafAdmin = await ClientIn(regionAdmin, leaf.Id, "tenant-admin");

        var before = await leafAdmin.Get("/tenant").Ok();
        (before.Text("culture"), before.Text("timeZone"), before.Text("currency"), before.Text("weekStart")).ShouldBe(("en-GB", "Europe/London", "GBP", "monday"));
        Inherited(before).ShouldBe(["culture", "timeZone", "currency", "weekStart", "branding"], ignoreOrder: true);

        await Change(regionAdmin, new { timeZone = "Europe/Paris", weekStart = "sunday", branding = new { color = "#1a7f5a" } });
        var after = await leafAdmin.Get("/tenant").Ok();
        (after.Text("timeZone"), after.Text("weekStart"), after.GetProperty("branding").Text("color")).ShouldBe(("Europe/Paris", "sunday", "#1a7f5a"));

        await Change(leafAdmin, new { timeZone = "Asia/Jerusalem" });
        await Change(regionAdmin, new { timeZone = "Europe/Madrid" });
        (await leafAdmin.Get("/tenant").Ok()).Text("timeZone").ShouldBe("Asia/Jerusalem");

        await Change(leafAdmin, new { inherit = new[] { "timeZone" } });
        (await leafAdmin.Get("/tenant").Ok()).Text("timeZone").ShouldBe("Europe/Madrid");
    }

    [Fact]
    public async Task A_setting_that_is_none_changes_nothing()
    {
        var tenant = await api.NewTenant();
        var etag = (await tenant.Admin.Get("/tenant")).ETag!;

        (await tenant.Admin.Patch("/tenant", new { name = "New", timeZone = "Mars/Olympus" }, ("If-Match", etag))).ShouldBeInvalid("timeZone");
        (await tenant.Admin.Patch("/tenant", new { name = "New", currency = "gbp" }, ("If-Match", etag))).ShouldBeInvalid("currency");
        (await tenant.Admin.Patch("/tenant", new { name = "New", inherit = new[] { "slug" } }, ("If-Match", etag))).ShouldBeInvalid("inherit");
        (await tenant.Admin.Patch("/tenant", new { branding = new { logoUrl = "http://example.org/x.png" } }, ("If-Match", etag))).ShouldBeInvalid("branding.logoUrl");
        (await tenant.Admin.Patch("/tenant", new { branding = new { color = "#1a7f5a\n" } }, ("If-Match", etag))).ShouldBeInvalid("branding.color");
        (await tenant.Admin.Patch("/tenant", new { branding = new { name = " " } }, ("If-Match", etag))).ShouldBeInvalid("branding.name");
        await tenant.Admin.Patch("/tenant", new { name = "New" }).Problem(428, "if-match-missing");
        await tenant.Network.Admin.Patch("/tenant", new { inherit = new[] { "culture" } }, ("If-Match", "\"1\"")).Problem(422, "nothing-to-inherit");

        (await tenant.Admin.Get("/tenant")).ETag.ShouldBe(etag);
        await tenant.Admin.Patch("/tenant", new { name = "New" }, ("If-Match", etag)).NoContent();
        await tenant.Admin.Patch("/tenant", new { name = "Newer" }, ("If-Match", etag)).Problem(412, "stale-version");
    }

    [Fact]
    public async Task A_role_that_reaches_below_works_in_every_tenant_below_and_in_no_other()
    {
        var top = await api.NewNetwork();
        var (region, regionAdmin) = await NewUmbrella(top.Admin);
        var leaf = await Add(regionAdmin);
        var sibling = await top.NewMember();
        var staff = await api.NewClient(regionAdmin, "/clients", new { name = "Regional staff", roles = new[] { "coordinator" }, below = true });

        (await staff.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", leaf.Slug)).Ok()).Text("slug").ShouldBe(leaf.Slug);
        (await staff.Get("/tenant").Ok()).Text("slug").ShouldBe(region.Slug);
        (await staff.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", sibling.Slug))).ShouldBeProblem(403, "tenant-not-yours");
        (await staff.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", top.Slug))).ShouldBeProblem(403, "tenant-not-yours");

        var here = await api.NewClient(regionAdmin, "/clients", new { name = "Staff here", roles = new[] { "coordinator" } });
        (await here.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", leaf.Slug))).ShouldBeProblem(403, "tenant-not-yours");
        await sibling.Admin.Post("/clients", new { name = "x", roles = new[] { "viewer" }, below = true }).Problem(403, "below-not-yours-to-grant");
    }

    [Fact]
    public async Task A_role_is_held_between_its_dates_and_no_token_outlives_it()
    {
        var tenant = await api.NewTenant();
        await using var host = new ApiHost(api.Database.Settings);
        var now = host.Clock.GetUtcNow();
        var created = await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "viewer" }, validFrom = now.AddMinutes(5), validUntil = now.AddMinutes(9) }).Created();
        var http = host.CreateClient();
        (await Token(http, created)).Text("error").ShouldBe("invalid_client");

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        var token = await Token(http, created);
        token.GetProperty("expires_in").GetInt32().ShouldBeInRange(1, 180);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Text("access_token"));
        await new ApiClient(http).Get("/groups").Ok();

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await new ApiClient(http).Get("/groups").Problem(401, "token-missing");
        (await Token(http, created)).Text("error").ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Chapters_limit_only_roles_that_can_be_limited_and_must_exist()
    {
        var tenant = await api.NewTenant();
        var foreign = await (await api.NewTenant()).NewChapter();

        (await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "finance" }, chapters = new[] { await tenant.NewChapter() } })).ShouldBeInvalid("chapters");
        (await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "coordinator" }, chapters = Array.Empty<Guid>() })).ShouldBeInvalid("chapters");
        await tenant.Admin.Post("/clients", new { name = "x", roles = new[] { "coordinator" }, chapters = new[] { foreign } }).Problem(404, "chapter-not-found");
    }

    private static async Task Change(ApiClient admin, object settings) =>
        await admin.Patch("/tenant", settings, ("If-Match", (await admin.Get("/tenant")).ETag!)).NoContent();

    private static List<string> Slugs(JsonElement network) => [.. network.GetProperty("members").EnumerateArray().Select(m => m.Text("slug"))];

    private static List<string?> Inherited(JsonElement tenant) => [.. tenant.GetProperty("inherited").EnumerateArray().Select(s => s.GetString())];

    private static object Member(bool isUmbrella = false) =>
        new { slug = $"below-{Interlocked.Increment(ref slugs)}", name = "A member", adminEmail = "admin@member.example", isUmbrella };

    private static async Task<(string Slug, Guid Id)> Add(ApiClient umbrella, bool isUmbrella = false)
    {
        var member = await umbrella.Post("/network/members", Member(isUmbrella)).Created();
        return (member.Text("slug"), member.Id());
    }

    private async Task<((string Slug, Guid Id) Umbrella, ApiClient Admin)> NewUmbrella(ApiClient above)
    {
        var umbrella = await Add(above, isUmbrella: true);
        return (umbrella, await ClientIn(above, umbrella.Id, "network-admin", "tenant-admin"));
    }

    private Task<ApiClient> ClientIn(ApiClient umbrella, Guid member, params string[] roles) =>
        api.NewClient(umbrella, $"/network/members/{member}/clients", new { name = "x", roles });

    private static async Task<JsonElement> Token(HttpClient http, JsonElement client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.Text("clientId"),
            ["client_secret"] = client.Text("clientSecret"),
        });
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
