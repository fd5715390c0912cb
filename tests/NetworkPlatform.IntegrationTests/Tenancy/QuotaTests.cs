using System.Net;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>How much a tenant's plan lets it have, counted exactly.</summary>
public sealed class QuotaTests(DatabaseServer server) : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() =>
        api = await ApiFixture.Start(server, ("Tenancy:Plans:tiny:members", "1"), ("Tenancy:Plans:tiny:chapters", "3"), ("Tenancy:Plans:tiny:groups", "2"));

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Of_thirty_who_add_chapters_at_once_as_many_succeed_as_the_plan_has_left()
    {
        var tenant = await OnTinyPlan();
        await tenant.NewChapter();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => tenant.Admin.Post("/chapters", new { name = "x", slug = $"c{i:00}", timeZone = "Etc/UTC" })));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(2);
        var refused = answers.First(a => a.Status != HttpStatusCode.Created).ShouldBeProblem(422, "quota-exceeded");
        (refused.Text("quota"), refused.GetProperty("limit").GetInt32(), refused.GetProperty("used").GetInt32()).ShouldBe(("chapters", 3, 3));
        (await tenant.Admin.All("/chapters")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_while_the_first_takes_the_last_of_a_quota_has_the_same_answer()
    {
        DatabaseServer.OnPostgreSqlOnly("the first is held up by a lock of a table.");
        var tenant = await OnTinyPlan();
        await tenant.NewChapter();
        await tenant.NewChapter();
        List<Task<Answer>> twins;
        await using (var holder = await api.Database.Open(api.Database.Superuser))
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await TestDatabase.Execute(holder, "LOCK TABLE tenancy.chapters IN SHARE MODE"); // reads go on, whoever would add waits
            twins = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => tenant.Admin.Post("/chapters", new { name = "x", slug = "last", timeZone = "Etc/UTC" }, ("Idempotency-Key", "twins"))))];
            await Eventually.Get(() => api.Database.WaitingForLock(), waiting => waiting >= 3);
        }

        var answers = await Task.WhenAll(twins);

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created && a.Body == answers[0].Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_beyond_the_quota_is_refused_whole_and_says_so_also_when_tried_first(bool dryRun)
    {
        var tenant = await OnTinyPlan();
        var chapter = await tenant.NewChapter();
        var rows = Enumerable.Range(1, 3).Select(i => $$"""{"slug":"m{{i}}","name":"Meeting {{i}}","day":1,"time":"19:00","formatted_address":"{{i}} Main Street"}""");

        var id = (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}&dryRun={dryRun}", new StringContent($"[{string.Join(',', rows)}]")).Accepted()).Id();

        var import = await Eventually.Get(() => tenant.Admin.Get($"/imports/{id}").Ok(), i => i.Text("status") != "pending");
        import.Text("status").ShouldBe("refused");
        import.GetProperty("problems")[0].Text("message").ShouldBe("Your plan allows 2 groups; there are 0.");
        (await tenant.Admin.All("/groups")).ShouldBeEmpty();
        (await api.Database.Scalar<long>("SELECT count(*) FROM registry.meetings WHERE tenant_id = $1", tenant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task What_has_ended_does_not_count_and_a_larger_plan_makes_room()
    {
        var tenant = await OnTinyPlan();
        var chapter = await tenant.NewChapter();
        var first = await tenant.NewGroup(chapter);
        await tenant.NewGroup(chapter);
        object Group() => new { chapterId = chapter, name = "A group", topic = "grief", leadership = "peer-led", format = "online" };
        await tenant.Admin.Post("/groups", Group()).Problem(422, "quota-exceeded");

        await tenant.Admin.Post($"/groups/{first}/publish").NoContent();
        await tenant.Admin.Post($"/groups/{first}/close").NoContent();
        await tenant.Admin.Post("/groups", Group()).Created();
        await tenant.Admin.Post("/groups", Group()).Problem(422, "quota-exceeded");
        await tenant.Network.Admin.Send(HttpMethod.Put, $"/network/members/{tenant.Id}/plan", new { plan = "standard" }).NoContent();

        await tenant.Admin.Post("/groups", Group()).Created();
    }

    [Fact]
    public async Task A_plan_must_exist_and_limits_the_members_below()
    {
        var network = await api.NewNetwork();
        object Member(string slug, string plan, bool isUmbrella = false) => new { slug, name = "x", adminEmail = "a@b.example", plan, isUmbrella };

        (await network.Admin.Post("/network/members", Member("quota-a", "golden"))).ShouldBeInvalid("plan");
        var umbrella = await network.Admin.Post("/network/members", Member("quota-b", "tiny", isUmbrella: true)).Created();
        var admin = await api.NewClient(network.Admin, $"/network/members/{umbrella.Id()}/clients", new { name = "x", roles = new[] { "network-admin" } });

        await admin.Post("/network/members", Member("quota-c", "standard")).Created();
        await admin.Post("/network/members", Member("quota-d", "standard")).Problem(422, "quota-exceeded");
    }

    [Fact]
    public async Task A_plan_that_was_chosen_above_is_changed_from_above_alone()
    {
        var network = await api.NewNetwork();
        object Member(string slug, bool isUmbrella = false) => new { slug, name = "x", adminEmail = "a@b.example", isUmbrella };
        var region = await network.Admin.Post("/network/members", Member("quota-region", isUmbrella: true)).Created();
        var regionAdmin = await api.NewClient(network.Admin, $"/network/members/{region.Id()}/clients", new { name = "x", roles = new[] { "network-admin" } });
        var leaf = (await regionAdmin.Post("/network/members", Member("quota-leaf")).Created()).Id();
        await regionAdmin.Send(HttpMethod.Put, $"/network/members/{leaf}/plan", new { plan = "standard" }).NoContent();

        await network.Admin.Send(HttpMethod.Put, $"/network/members/{leaf}/plan", new { plan = "tiny" }).NoContent();

        await regionAdmin.Send(HttpMethod.Put, $"/network/members/{leaf}/plan", new { plan = "standard" }).Problem(403, "decided-above");
        (await api.Database.Scalar<string>("SELECT plan FROM tenancy.tenants WHERE id = $1", leaf)).ShouldBe("tiny");
    }

    private async Task<Tenant> OnTinyPlan()
    {
        var tenant = await api.NewTenant();
        await tenant.Network.Admin.Send(HttpMethod.Put, $"/network/members/{tenant.Id}/plan", new { plan = "tiny" }).NoContent();
        return tenant;
    }
}
