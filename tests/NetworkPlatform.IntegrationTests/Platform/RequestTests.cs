using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace NetworkPlatform.IntegrationTests.Platform;

/// <summary>What every endpoint does alike.</summary>
public sealed class RequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_same_key_and_body_get_the_stored_answer_and_one_effect()
    {
        var tenant = await api.NewTenant();
        var body = new { name = "Once", email = "once@example.org", languages = Array.Empty<string>() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => tenant.Admin.Post("/volunteers", body, ("Idempotency-Key", "one")))));
        var replay = await tenant.Admin.Post("/volunteers", body, ("Idempotency-Key", "one")).Created();

        var created = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
        created.ShouldNotBeEmpty();
        created.ShouldAllBe(a => a.Body == created[0].Body);
        replay.Id().ShouldBe(created[0].Json.Id());
        answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.Status == HttpStatusCode.Conflict);
        (await tenant.Admin.All("/volunteers")).ShouldHaveSingleItem();
        await tenant.Admin.Post("/volunteers", new { name = "Twice", body.email, body.languages }, ("Idempotency-Key", "one")).Problem(422, "idempotency-key-reused");
        await (await api.NewTenant()).Admin.Post("/volunteers", new { name = "Elsewhere", body.email, body.languages }, ("Idempotency-Key", "one")).Created();
    }

    [Fact]
    public async Task A_request_that_is_sent_again_while_the_first_is_carried_out_has_the_same_answer()
    {
        DatabaseServer.OnPostgreSqlOnly("the first is held up by a lock of a row.");
        var tenant = await api.NewTenant();
        var fund = (await tenant.Admin.Post("/funds", new { name = "Twins", currency = "GBP", restriction = new { kind = "unrestricted" } }).Created()).Id();
        await tenant.Admin.Post($"/funds/{fund}/income", new { amount = "100.00" }).Created();
        List<Task<Answer>> twins;
        await using (var holder = await api.Database.Open(api.Database.Superuser))
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await TestDatabase.Execute(holder, $"SELECT 1 FROM funding.funds WHERE id = '{fund}' FOR UPDATE");
            twins = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => tenant.Admin.Post($"/funds/{fund}/expenses", new { amount = "100.00", description = "All of it" }, ("Idempotency-Key", "twins"))))];
            await Eventually.Get(() => api.Database.WaitingForLock(), waiting => waiting >= 3);
        }

        var answers = await Task.WhenAll(twins);

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created && a.Body == answers[0].Body);
        (await tenant.Admin.Get($"/funds/{fund}").Ok()).Text("balance").ShouldBe("0.00");
    }

    [Theory]
    [InlineData("nobody-knows")]
    [InlineData("\"utf-8\"")]
    [InlineData("utf-7")]
    public async Task A_body_in_a_character_set_that_nobody_knows_is_refused_by_name(string charset)
    {
        var tenant = await api.NewTenant();

        (await tenant.Admin.Post("/chapters", Json("{}", charset))).ShouldBeInvalid("Content-Type");
    }

    [Fact]
    public async Task Dates_at_the_ends_of_the_calendar_are_refused_by_name()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var alone = new { role = "training", chapterId = await tenant.NewChapter(), title = "Late", startsAt = "9999-12-31T22:00:00Z", endsAt = "9999-12-31T23:00:00Z", places = 1 };

        (await tenant.Admin.Post("/shifts", alone)).ShouldBeInvalid("startsAt");
        foreach (var date in (string[])["0001-01-01", "9999-12-31"])
        {
            (await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = date, startTime = "10:00" })).ShouldBeInvalid("startsOn");
            (await tenant.Admin.Get($"/shifts?from={date}T00:00:00Z&eligibleFor={await tenant.NewVolunteer()}")).ShouldBeInvalid("from");
        }
    }

    [Fact]
    public async Task A_kept_answer_cannot_be_read_in_the_database_and_is_given_again_whole()
    {
        var tenant = await api.NewTenant();
        var body = new { name = "Once", roles = new[] { "viewer" } };

        var first = await tenant.Admin.Post("/clients", body, ("Idempotency-Key", "a secret is kept"));
        var replay = await tenant.Admin.Post("/clients", body, ("Idempotency-Key", "a secret is kept"));

        first.ShouldBe(HttpStatusCode.Created);
        replay.Body.ShouldBe(first.Body);
        var kept = await api.Database.Scalar<string>("SELECT response FROM platform.idempotent_answers WHERE tenant_id = $1", tenant.Id);
        var answer = first.Json;
        foreach (var told in (string[])[answer.Text("clientSecret"), answer.Text("clientId"), answer.Text("id")])
        {
            told.ShouldNotBeEmpty();
            kept.ShouldNotContain(told);
            Encoding.UTF8.GetString(Convert.FromBase64String(kept)).ShouldNotContain(told);
        }

        (await api.Client(answer.Text("clientId"), replay.Json.Text("clientSecret"))).ShouldNotBeNull();

        // Put under another key it cannot be read either.
        await tenant.Admin.Post("/clients", new { name = "Twice", body.roles }, ("Idempotency-Key", "another")).Created();
        await api.Database.Execute("UPDATE platform.idempotent_answers SET response = $1 WHERE tenant_id = $2", kept, tenant.Id);
        (await tenant.Admin.Post("/clients", new { name = "Twice", body.roles }, ("Idempotency-Key", "another"))).ShouldBeProblem(500, "unexpected-failure");
    }

    [Fact]
    public async Task A_change_needs_the_version_that_it_changes()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var etag = (await tenant.Admin.Get($"/chapters/{chapter}")).ETag.ShouldNotBeNull();

        await tenant.Admin.Patch($"/chapters/{chapter}", new { name = "New" }).Problem(428, "if-match-missing");
        await tenant.Admin.Patch($"/chapters/{chapter}", new { name = "New" }, ("If-Match", etag)).NoContent();
        await tenant.Admin.Patch($"/chapters/{chapter}", new { name = "Newer" }, ("If-Match", etag)).Problem(412, "stale-version");

        (await tenant.Admin.Get($"/chapters/{chapter}").Ok()).Text("name").ShouldBe("New");
    }

    [Fact]
    public async Task A_list_is_paged_by_cursor_without_loss_or_repetition()
    {
        var tenant = await api.NewTenant();
        foreach (var _ in Enumerable.Range(0, 7))
        {
            await tenant.NewVolunteer();
        }

        List<string> seen = [];
        var cursor = "";
        while (cursor is not null)
        {
            var page = await tenant.Admin.Get($"/volunteers?limit=3&cursor={cursor}").Ok();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("id")));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        seen.Count.ShouldBe(7);
        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(7);
        (await tenant.Admin.Get("/volunteers?limit=101")).ShouldBeInvalid("limit");
        (await tenant.Admin.Get("/volunteers?limit=many")).ShouldBeInvalid("limit");
        (await tenant.Admin.Get("/volunteers?cursor=made-up")).ShouldBeInvalid("cursor");
    }

    [Fact]
    public async Task Malformed_requests_are_told_what_is_wrong_and_nothing_more()
    {
        var tenant = await api.NewTenant();

        (await Raw("{ \"name\": ")).ShouldBeInvalid("body");
        (await Raw("""{"name":"A","email":"a@example.org","shoeSize":44}""")).ShouldBeInvalid("shoeSize");
        (await Raw("""{"name":"A","name":"B","email":"a@example.org"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Raw("""{"name":"A\u0000B","email":"a@example.org"}""")).ShouldBeInvalid("name");
        (await Raw("""{"name":7,"email":"a@example.org"}""")).ShouldBeInvalid("name");
        (await Raw("""{"email":"nobody"}""")).ShouldBeInvalid("email");
        (await Raw("{}")).ShouldBeInvalid("name");
        (await Raw("null")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Raw("[]")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var shift = await tenant.NewShift(Roster.At());
        (await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = Guid.NewGuid(), shiftId = shift.Id })).ShouldBeInvalid("shiftId");
        (await tenant.Admin.Get("/nothing/here")).ShouldBeProblem(404, "path-not-found");
        (await tenant.Admin.Get("/shifts/not-an-id")).ShouldBeProblem(404, "path-not-found");
        (await tenant.Admin.Get("/shifts?from=yesterday")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await tenant.Admin.Delete("/volunteers")).ShouldBeProblem(405, "method-not-allowed");
        (await tenant.Admin.Post("/volunteers", new StringContent("name=A", Encoding.UTF8, "application/x-www-form-urlencoded"))).ShouldBeProblem(415, "media-type-not-supported");
        (await tenant.Admin.All("/volunteers")).ShouldBeEmpty();

        Task<Answer> Raw(string json) => tenant.Admin.Post("/volunteers", new StringContent(json, Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task The_description_has_what_a_client_needs_to_page_to_change_and_to_be_told_no()
    {
        var document = await api.Anonymous().Get("//openapi/v1.json").Ok();
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value))).ToList();
        var tenant = await api.NewTenant();

        operations.Where(o => o.Operation.GetProperty("responses").ToString().Contains("PageOf", StringComparison.Ordinal)).Select(o => Missing(o.Operation, "limit", "cursor")).ShouldAllBe(missing => missing.Count == 0);
        operations.Where(o => o.Method == "post" && o.Operation.Text("description").StartsWith("Needs `", StringComparison.Ordinal)).Select(o => Missing(o.Operation, "Idempotency-Key", "X-Tenant", "X-Reason")).ShouldAllBe(missing => missing.Count == 0);
        foreach (var (path, method, operation) in operations.Where(o => o.Method is "patch" or "put" && o.Operation.Text("description").StartsWith("Needs `", StringComparison.Ordinal)))
        {
            var there = path["/api/v1".Length..].Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            there = string.Join('/', there.Split('/').Select(part => part.EndsWith("Id", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : part));
            var needsVersion = (int)(await tenant.Admin.Send(new HttpMethod(method.ToUpperInvariant()), there, new { })).Status == 428;
            (Missing(operation, "If-Match").Count == 0).ShouldBe(needsVersion, $"{method} {path}");
        }

        // What is told of an error is what is described.
        var problem = await tenant.Admin.Post("/volunteers", new { }).Problem(400, "invalid");
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");
        problem.EnumerateObject().Select(m => m.Name).Except(schema.GetProperty("properties").EnumerateObject().Select(m => m.Name), StringComparer.Ordinal).ShouldBeEmpty();
        (schema.TryGetProperty("additionalProperties", out var more) ? more.ValueKind : JsonValueKind.True).ShouldNotBe(JsonValueKind.False, "an error has facts of its own");
        operations.Where(o => o.Path.EndsWith("/imports", StringComparison.Ordinal) || o.Path.EndsWith("/import", StringComparison.Ordinal)).ShouldAllBe(o => o.Operation.ToString().Contains("requestBody", StringComparison.Ordinal));

        static List<string> Missing(JsonElement operation, params string[] names) =>
            [.. names.Except(operation.TryGetProperty("parameters", out var given) ? given.EnumerateArray().Select(p => p.Text("name")) : [], StringComparer.Ordinal)];
    }

    [Fact]
    public async Task The_description_lists_every_endpoint_with_its_permission()
    {
        var document = await api.Anonymous().Get("//openapi/v1.json").Ok();
        var paths = document.GetProperty("paths").EnumerateObject().ToList();

        paths.Count.ShouldBeGreaterThan(35);
        paths.SelectMany(p => p.Value.EnumerateObject()).ShouldAllBe(o => o.Value.Text("description").StartsWith("Needs ") || o.Value.Text("description").StartsWith("Public: "));
        document.GetProperty("components").GetProperty("schemas").TryGetProperty("SignUpForShiftResponse", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_description_in_docs_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse((await api.Anonymous().Get("//openapi/v1.json")).Body)!.AsObject();
        served.Remove("servers");
        var text = served.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        var file = Path.Combine(Repository.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, text);
        }

        (await File.ReadAllTextAsync(file)).ShouldBe(text, "Run the tests once with UPDATE_OPENAPI=1 and look at the difference.");
    }

    [Fact]
    public async Task Health_tells_alive_and_ready()
    {
        (await api.Anonymous().Get("//health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await Eventually.Get(() => api.Anonymous().Get("//health/ready"), a => a.Status == HttpStatusCode.OK)).Body.ShouldBe("Healthy");
    }

    internal static ByteArrayContent Json(string json, string charset)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        return content;
    }

    [Fact]
    public void No_library_tells_its_makers_about_an_installation() =>
        api.Host.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
}
