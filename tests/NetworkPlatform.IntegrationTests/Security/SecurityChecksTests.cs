using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.IntegrationTests.Tenancy;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.IntegrationTests.Security;

/// <summary>Checks of docs/security-checks.md that no other test shows. A name begins with the check's number.</summary>
public sealed class SecurityChecksTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task S1_2_4_text_that_looks_like_sql_is_text()
    {
        var tenant = await api.NewTenant();
        const string Name = "'); DELETE FROM rostering.volunteers; --";

        var id = (await tenant.Admin.Post("/volunteers", new { name = Name, email = "o'hara@example.org" }).Created()).Id();

        (await tenant.Admin.Get($"/volunteers/{id}").Ok()).Text("name").ShouldBe(Name);
        (await tenant.Admin.Get($"/audit?action={Uri.EscapeDataString("x' OR '1'='1")}").Ok()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await tenant.Admin.All("/volunteers")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task S1_5_2_a_body_chooses_no_type_and_is_only_so_deep()
    {
        var tenant = await api.NewTenant();

        (await Raw("""{"$type":"System.IO.FileInfo, System.IO.FileSystem","name":"A","email":"a@example.org"}""")).ShouldBeInvalid("$type");
        (await Raw($$"""{"name":"A","email":"a@example.org","languages":{{new string('[', 100)}}{{new string(']', 100)}}}""")).ShouldBeProblem(400, "invalid");
        (await tenant.Admin.All("/volunteers")).ShouldBeEmpty();

        Task<Answer> Raw(string json) => tenant.Admin.Post("/volunteers", new StringContent(json, Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task S3_4_1_every_answer_of_an_https_service_asks_for_https_from_then_on()
    {
        await using var own = await ApiFixture.Start(api.Server, ("Identity:Issuer", "https://localhost"));
        var tenant = await own.NewTenant();

        foreach (var path in (string[])["/api/v1/tenant", "/api/v1/nothing", "/health/live", "/.well-known/openid-configuration", $"/account/sign-in?tenant={tenant.Slug}", "/api/index.html"])
        {
            using var answer = await tenant.Admin.Http.GetAsync(new Uri(path, UriKind.Relative));

            var asked = answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
            int.Parse(asked.Split(';')[0].Split('=')[1], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(31536000, path);
        }
    }

    [Fact]
    public async Task S3_4_2_no_page_of_another_origin_reads_an_answer_or_is_told_that_it_may_ask()
    {
        var tenant = await api.NewTenant();
        foreach (var path in (string[])["/api/v1/tenant", "/connect/token", "/connect/userinfo", "/api/v1/me"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Options])
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
                request.Headers.Add("Origin", "https://evil.example");
                request.Headers.Add("Access-Control-Request-Method", "POST");
                request.Headers.Add("Access-Control-Request-Headers", "authorization");

                using var answer = await tenant.Admin.Http.SendAsync(request);

                answer.Headers.Select(h => h.Key).ShouldNotContain(name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase), $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task S3_5_3_a_safe_method_changes_nothing()
    {
        var tenant = await api.NewTenant();
        var ids = await TenantWallTests.EverythingOf(tenant);
        var actor = (await tenant.Admin.All("/clients"))[0].Text("clientId");
        var before = await Changes();
        before.ShouldBeGreaterThan(10);
        var asked = 0;
        foreach (var route in api.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Permission>() is not null && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0] == "GET"))
        {
            var path = route.RoutePattern.Parameters.Aggregate(route.RoutePattern.RawText!, (text, p) => text.Replace($"{{{p.Name}:guid}}", ids[p.Name].ToString(), StringComparison.Ordinal));
            using var answer = await tenant.Admin.Http.GetAsync(new Uri(path, UriKind.Relative));
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            asked++;
        }

        asked.ShouldBeGreaterThan(30);
        (await Changes()).ShouldBe(before, "every command leaves an entry, a refused one too few to count");

        Task<long> Changes() => api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND actor = $2 AND purpose IS NULL", tenant.Id, actor);
    }

    [Fact]
    public async Task S4_1_1_every_answer_says_what_it_is()
    {
        var tenant = await api.NewTenant();
        foreach (var (path, type) in ((string, string)[])
        [
            ("/api/v1/tenant", "application/json"), ("/api/v1/nothing", "application/problem+json"), ("/api/v1/volunteers/export.csv", "text/csv"), ("/health/ready", "text/plain"),
            ("/.well-known/openid-configuration", "application/json"), ($"/account/sign-in?tenant={tenant.Slug}", "text/html"), ("/account/assets/account.css", "text/css"),
            ("/account/assets/passkeys.js", "text/javascript"),
        ])
        {
            using var answer = await tenant.Admin.Http.GetAsync(new Uri(path, UriKind.Relative));

            var said = answer.Content.Headers.ContentType.ShouldNotBeNull(path);
            said.MediaType.ShouldBe(type, path);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            if (type.StartsWith("text/", StringComparison.Ordinal))
            {
                said.CharSet.ShouldBe("utf-8", path);
            }
        }
    }

    [Fact]
    public async Task S4_1_3_what_a_caller_says_in_a_proxys_name_counts_for_nothing()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var (tenant, other) = (await own.NewTenant(), await own.NewTenant());
        await using var limited = new ApiHost(new Dictionary<string, string>(own.Settings, StringComparer.Ordinal) { ["RateLimits:Address:PerSecond"] = "1", ["RateLimits:Address:Burst"] = "5" });
        var caller = ApiFixture.At(limited, tenant.Admin);

        var seen = await tenant.Admin.Send(HttpMethod.Get, "/tenant", null, ("X-Forwarded-Host", $"{other.Slug}.np.example"), ("X-Original-Host", $"{other.Slug}.np.example"), ("Forwarded", $"host={other.Slug}.np.example"));
        seen.ShouldBe(HttpStatusCode.OK).Text("slug").ShouldBe(tenant.Slug);
        (await own.Anonymous().Send(HttpMethod.Get, "//.well-known/openid-configuration", null, ("X-Forwarded-Host", "evil.example"), ("Host", "evil.example"))).ShouldBe(HttpStatusCode.OK)
            .Text("token_endpoint").ShouldStartWith(ApiHost.Issuer);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => caller.Send(HttpMethod.Get, "/tenant", null, ("X-Forwarded-For", $"192.0.2.{i}"), ("X-Real-IP", $"192.0.2.{i}"))));

        answers.ShouldContain(a => a.Status == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task S15_3_4_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw()
    {
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        await using var limited = new ApiHost(new Dictionary<string, string>(own.Settings, StringComparer.Ordinal)
        {
            ["RateLimits:Address:PerSecond"] = "1",
            ["RateLimits:Address:Burst"] = "3",
            ["ForwardedHeaders_Enabled"] = "true",
        });
        var caller = ApiFixture.At(limited, tenant.Admin);

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => caller.Send(HttpMethod.Get, "/tenant", null, ("X-Forwarded-For", $"192.0.2.{i}"))));
        var forged = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => caller.Send(HttpMethod.Get, "/tenant", null, ("X-Forwarded-For", $"198.51.100.{i}, 203.0.113.9"))));

        others.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        forged.ShouldContain(a => a.Status == HttpStatusCode.TooManyRequests, "what the caller wrote there itself is not the proxy's");
    }

    [Fact]
    public async Task S5_2_1_a_body_is_only_so_large_and_a_larger_one_is_not_even_read()
    {
        var tenant = await api.NewTenant();
        using var host = await HostProcess.Start(api.Database, rabbitMq: null);

        foreach (var (path, most) in ((string, int)[])[("/api/v1/imports", 20 * 1024 * 1024), ("/api/v1/volunteers/import", 5 * 1024 * 1024), ("/api/v1/volunteers", 1024 * 1024), ("/connect/token", 1024 * 1024)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
            request.Headers.Authorization = tenant.Admin.Http.DefaultRequestHeaders.Authorization;
            request.Headers.ExpectContinue = true;
            request.Content = new ByteArrayContent(new byte[most + 1]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(path == "/connect/token" ? "application/x-www-form-urlencoded" : "application/json");

            using var answer = await host.Http.SendAsync(request);

            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, path);
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("type").ShouldEndWith("/body-too-large", Case.Sensitive, path);
        }

        // What takes a file takes more than the rest.
        var caller = new ApiClient(host.Http);
        host.Http.DefaultRequestHeaders.Authorization = tenant.Admin.Http.DefaultRequestHeaders.Authorization;
        await caller.Post($"/imports?format=meeting-guide&chapterId={await tenant.NewChapter()}", new StringContent("[" + new string(' ', 6 * 1024 * 1024) + "]", Encoding.UTF8, "application/json")).Accepted();
        await caller.Post("/volunteers/import", new StringContent("name,email\n" + new string('\n', 2 * 1024 * 1024))).Ok();
    }

    [Fact]
    public async Task S5_2_2_S5_2_3_a_file_is_what_it_is_and_nothing_is_unpacked()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("[" + new string(' ', 1_000_000) + "]"));
        }

        foreach (var encoding in (string?[])[null, "gzip"])
        {
            using var content = new ByteArrayContent(packed.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (encoding is not null)
            {
                content.Headers.ContentEncoding.Add(encoding);
            }

            (await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", content)).ShouldBeProblem(400, "import-not-readable");
        }

        (await tenant.Admin.Post("/volunteers/import", new ByteArrayContent([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]))).ShouldBeInvalid("body");
    }

    [Fact]
    public async Task S11_5_1_codes_tokens_and_secrets_hold_256_random_bits()
    {
        var tenant = await api.NewTenant();
        var person = await tenant.NewPerson();
        List<string> seen = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var client = await RelyingParty.New(tenant);
            var code = await client.Code(await person.SignedIn());
            seen.AddRange([client.Secret!, code.Split('.')[1], (await client.Redeem(code)).Text("refresh_token").Split('.')[1]]);
        }

        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(9);
        seen.ShouldAllBe(text => System.Buffers.Text.Base64Url.DecodeFromChars(text).Length >= 32);
    }

    [Fact]
    public async Task S13_4_5_monitoring_says_one_word_and_nothing_else_is_there()
    {
        (await Eventually.Get(() => api.Anonymous().Get("//health/ready"), a => a.Status == HttpStatusCode.OK)).Body.ShouldBe("Healthy");
        (await api.Anonymous().Get("//health/live")).Body.ShouldBe("Healthy");
        foreach (var path in (string[])["/metrics", "/health", "/debug", "/env", "/actuator", "/swagger", "/elmah.axd", "/trace.axd", "/appsettings.json", "/.git/config", "/api/v1/.env"])
        {
            (await api.Anonymous().Get("/" + path)).ShouldBeProblem(404, "path-not-found");
        }

        using var answer = await api.Anonymous().Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [Fact]
    public async Task S14_2_1_no_address_holds_a_secret_but_those_that_a_mail_or_a_calendar_must_hold()
    {
        var tenant = await api.NewTenant();
        var token = tenant.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        var paths = (await api.Anonymous().Get("//openapi/v1.json").Ok()).GetProperty("paths").EnumerateObject();

        paths.SelectMany(p => p.Value.EnumerateObject(), (p, operation) => (p.Name, Operation: operation.Value))
            .Where(o => o.Operation.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray()
                .Any(p => p.Text("in") != "header" && Regex.IsMatch(p.Text("name"), "token|password|secret$|assertion", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))))
            .Select(o => o.Name).Distinct(StringComparer.Ordinal).ShouldBe(["/api/v1/calendar/{token}.ics", "/api/v1/notifications/unsubscribe/{token}"]);
        (await api.Anonymous().Get($"/tenant?access_token={token}")).ShouldBeProblem(401, "token-missing");
        using var answer = await api.Anonymous().Http.GetAsync(new Uri("/api/v1/tenant", UriKind.Relative));
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task S14_3_2_no_answer_about_anybody_is_kept_on_the_way()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        foreach (var path in (string[])[$"/api/v1/volunteers/{volunteer}", "/api/v1/volunteers", "/api/v1/volunteers/export.csv", "/api/v1/volunteers/no-such", "/api/v1/shifts/not-an-id", "/connect/userinfo", $"/account/sign-in?tenant={tenant.Slug}", $"/account?tenant={tenant.Slug}"])
        {
            using var answer = await tenant.Admin.Http.GetAsync(new Uri(path, UriKind.Relative));
            answer.Headers.CacheControl.ShouldNotBeNull(path).NoStore.ShouldBeTrue(path);
        }

        using var made = await tenant.Admin.Http.PostAsync(new Uri("/api/v1/clients", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { name = "With a secret", roles = new[] { "viewer" } }));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task S15_3_3_what_a_body_may_not_set_is_refused_by_name_and_what_a_form_may_not_set_is_passed_over()
    {
        var tenant = await api.NewTenant();
        var (mine, other) = (await tenant.NewPerson(), await api.NewTenant());

        foreach (var member in (string[])["id", "tenantId", "version", "personId", "createdAt", "isAdmin"])
        {
            (await tenant.Admin.Post("/volunteers", new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = "A", ["email"] = "a@example.org", [member] = other.Id })).ShouldBeInvalid(member);
        }

        (await tenant.Admin.All("/volunteers")).ShouldBeEmpty();
        (await (await mine.Api()).Patch("/me", new { name = "Noa Mizrahi", roles = new[] { "tenant-admin" } })).ShouldBeInvalid("roles");
        var browser = await mine.SignedIn();
        await browser.Submit("/account", new { name = "Noa Peretz", language = "fr", Roles = "tenant-admin", EmailConfirmed = "false", Email = "evil@example.org", DisabledAt = "2020-01-01" });
        (await api.Database.Scalar<string>("SELECT name || ' ' || email FROM identity.people WHERE id = $1 AND disabled_at IS NULL", mine.Id)).ShouldBe($"Noa Peretz {mine.Email}");
        (await tenant.MembershipOf(mine)).GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["volunteer"]);
    }

    [Fact]
    public async Task S16_2_5_the_secret_address_of_a_feed_is_in_no_line_of_a_request_that_fails()
    {
        DatabaseServer.OnPostgreSqlOnly("the request fails by a column that has another name.");
        await using var own = await ApiFixture.Start(api.Server);
        var tenant = await own.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var feed = new Uri((await (await tenant.AsThemselves(volunteer)).Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed").Ok()).Text("url")).AbsolutePath;
        using var host = await HostProcess.Start(own.Database, rabbitMq: null, settings: new Dictionary<string, string>(own.Database.Settings, StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "Information" });
        await own.Database.Execute("ALTER TABLE rostering.sign_ups RENAME COLUMN shift_id TO no_shift_id");

        using var failed = await host.Http.GetAsync(new Uri(feed, UriKind.Relative));

        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var trace = JsonDocument.Parse(await failed.Content.ReadAsStringAsync()).RootElement.Text("traceId");
        var secret = feed.Split('/')[^1].Split('.')[0];
        await Eventually.Get(() => Task.FromResult(host.Log.Where(l => l.Contains(trace, StringComparison.Ordinal)).ToArray()), lines => lines.Length > 0);
        host.Log.ShouldNotContain(l => l.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S16_2_5_S16_3_2_S16_4_1_logs_name_who_was_refused_hold_no_secret_and_every_line_is_one_entry()
    {
        var tenant = await api.NewTenant();
        var person = await tenant.NewPerson();
        var made = await tenant.Admin.Post("/clients", new { name = "Logged", roles = new[] { "viewer" } }, ("Idempotency-Key", "logged")).Created();
        var (clientId, secret) = (made.Text("clientId"), made.Text("clientSecret"));
        using var host = await HostProcess.Start(api.Database, rabbitMq: null, settings: new Dictionary<string, string>(api.Database.Settings, StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information",
        });
        var token = await ApiClient.FetchToken(host.Http, clientId, secret);
        var admin = new ApiClient(new HttpClient { BaseAddress = host.Http.BaseAddress });
        admin.Http.DefaultRequestHeaders.Authorization = tenant.Admin.Http.DefaultRequestHeaders.Authorization;
        const string Fake = "\r\n{\"LogLevel\":\"Critical\",\"Message\":\"all is well\"}";

        // What is personal or secret goes through, is refused, and fails.
        await Form("/connect/token", ("grant_type", "client_credentials"), ("client_id", clientId), ("client_secret", "wrong-but-mine"));
        await Form("/connect/token", ("grant_type", "client_credentials"), ("client_id", "pasted-by-mistake"), ("client_secret", "wrong-but-mine"));
        using var page = await host.Http.GetAsync(new Uri($"/account/sign-in?tenant={tenant.Slug}", UriKind.Relative));
        var forgery = Regex.Match(await page.Content.ReadAsStringAsync(), "__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;
        await Form($"/account/sign-in?tenant={tenant.Slug}", ("email", person.Email), ("password", "not quite the password"), ("__RequestVerificationToken", forgery));
        await Form($"/account/sign-in?tenant={tenant.Slug}", ("email", person.Email), ("password", person.Password), ("__RequestVerificationToken", forgery));
        var volunteer = new { name = "Somebody Unmistakable", email = "unmistakable@example.org" };
        await admin.Post("/volunteers", volunteer, ("X-Reason", "asked by phone")).Created();
        (await admin.Post("/volunteers", volunteer)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await admin.Post("/volunteers", new { volunteer.name, email = "unmistakable but no address" })).ShouldBeInvalid("email");
        await api.Database.Execute("UPDATE platform.idempotent_answers SET response = 'x' WHERE tenant_id = $1", tenant.Id);
        (await admin.Post("/clients", new { name = "Logged", roles = new[] { "viewer" } }, ("Idempotency-Key", "logged"))).ShouldBeProblem(500, "unexpected-failure");
        var refused = new ApiClient(new HttpClient { BaseAddress = host.Http.BaseAddress });
        refused.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await refused.Post("/volunteers", volunteer).Problem(403, "permission-missing");
        refused.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token + "x");
        await refused.Get("/volunteers").Problem(401, "token-missing");
        await admin.Send(HttpMethod.Get, "//nothing" + Uri.EscapeDataString(Fake), null, ("X-Tenant", tenant.Slug));
        await admin.Get("/last-of-all").Problem(404, "path-not-found");

        await Eventually.Get(() => Task.FromResult(host.Log.ToArray()), lines => Array.Exists(lines, l => l.Contains("/last-of-all", StringComparison.Ordinal)));
        var log = host.Log.Where(l => l.Length > 0).ToList();
        foreach (var told in (string[])[secret, "wrong-but-mine", "pasted-by-mistake", token.Split('.')[2], person.Email, person.Password, "not quite the password", "nmistakable", "asked by phone"])
        {
            log.ShouldNotContain(l => l.Contains(told, StringComparison.Ordinal), told);
        }

        // Whatever a caller writes, each line is an entry of ours.
        var entries = log.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        entries.ShouldAllBe(e => e.Text("Category").Length > 0);
        entries.ShouldNotContain(e => e.Text("LogLevel") == "Critical");
        log.ShouldContain(l => l.Contains("all is well", StringComparison.Ordinal), "else this has tried nothing");
        entries.ShouldContain(e => e.Text("Message") == $"Refused as permission-missing: {clientId} at POST /api/v1/volunteers");
        entries.ShouldContain(e => e.Text("Message") == "Refused as token-missing: anonymous at GET /api/v1/volunteers");
        entries.ShouldContain(e => e.Text("Message") == $"The client {clientId} has not proved who it is at /connect/token");
        entries.ShouldContain(e => e.Text("Message") == "The client unknown has not proved who it is at /connect/token");

        async Task Form(string path, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        }
    }

    [Fact]
    public async Task S16_3_1_every_try_to_sign_in_leaves_an_entry()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = new Browser(api, person.Tenant.Slug);

        (await browser.SignIn(person.Email, "not quite the password")).ShouldRefuse("is wrong");
        (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account");

        var entries = (await person.Tenant.Admin.All("/audit?action=sign-in-with-password")).Select(e => e.Text("records")).ToList();
        entries.Count.ShouldBe(2);
        entries[1].ShouldContain("FailedSignIns");
        entries[0].ShouldContain("SignInSession");
    }

    [Fact]
    public async Task S16_5_1_a_failure_of_ours_tells_nothing_but_a_number_to_quote()
    {
        var tenant = await api.NewTenant();
        await tenant.Admin.Post("/clients", new { name = "A client", roles = new[] { "viewer" } }, ("Idempotency-Key", "broken")).Created();
        await api.Database.Execute("UPDATE platform.idempotent_answers SET response = 'x' WHERE tenant_id = $1", tenant.Id);

        var problem = (await tenant.Admin.Post("/clients", new { name = "A client", roles = new[] { "viewer" } }, ("Idempotency-Key", "broken"))).ShouldBeProblem(500, "unexpected-failure");

        problem.EnumerateObject().Select(p => p.Name).ShouldBe(["type", "title", "status", "detail", "traceId"]);
        problem.Text("detail").ShouldBe("Something went wrong on our side. Quote the trace id when you report it.");
        (await tenant.Admin.All("/clients")).Count(c => c.Text("name") == "A client").ShouldBe(1, "where it is not known what was done, nothing is done again");
    }
}
