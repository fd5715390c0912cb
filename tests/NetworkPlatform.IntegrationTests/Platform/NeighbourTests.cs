using System.Net;
using NetworkPlatform.PostgreSql;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Platform;

/// <summary>What one tenant, or a stranger, can do to the others: little.</summary>
public sealed class NeighbourTests(ApiFixture api, DatabaseServer server) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_tenant_over_its_limit_gets_429_with_the_time_to_wait_and_its_neighbour_notices_nothing()
    {
        await using var host = HostWith(("RateLimits:Tenant:PerSecond", "1"), ("RateLimits:Tenant:Burst", "5"));
        var (noisy, neighbour) = (ApiFixture.At(host, (await api.NewTenant()).Admin), ApiFixture.At(host, (await api.NewTenant()).Admin));
        await Eventually.Get(() => noisy.Get("//health/ready"), answer => answer.Status == HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => noisy.Http.GetAsync(new Uri("/api/v1/tenant", UriKind.Relative))));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBeInRange(5, 25);
        var refused = answers.First(a => a.StatusCode != HttpStatusCode.OK);
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        new Answer(refused.StatusCode, await refused.Content.ReadAsStringAsync(), null, null).ShouldBeProblem(429, "too-many-requests");
        await neighbour.Get("/tenant").Ok();
        (await noisy.Get("//health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Strangers_and_other_tenants_callers_use_up_nobodys_share()
    {
        await using var host = HostWith(("RateLimits:Tenant:PerSecond", "1"), ("RateLimits:Tenant:Burst", "5"));
        var (tenant, other) = (await api.NewTenant(), await api.NewTenant());
        for (var i = 0; i < 20; i++)
        {
            (await new ApiClient(host.CreateClient()).Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", tenant.Slug))).ShouldBeProblem(401, "token-missing");
            (await ApiFixture.At(host, other.Admin).Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", tenant.Slug))).ShouldBeProblem(403, "tenant-not-yours");
        }

        await ApiFixture.At(host, tenant.Admin).Get("/tenant").Ok();
    }

    [Fact]
    public async Task An_address_over_its_limit_is_refused_before_anybody_asks_who_it_is()
    {
        await using var host = HostWith(("RateLimits:Address:PerSecond", "1"), ("RateLimits:Address:Burst", "5"));
        var stranger = new ApiClient(host.CreateClient());

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => stranger.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", "nobody"))));

        answers.Count(a => a.ProblemType == "tenant-not-found").ShouldBeInRange(5, 25);
        answers.First(a => a.ProblemType != "tenant-not-found").ShouldBeProblem(429, "too-many-requests");
        (await stranger.Get("//health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_tenant_runs_so_many_requests_at_once_and_no_more_while_its_neighbour_goes_on()
    {
        await using var host = HostWith(("RateLimits:Tenant:AtOnce", "1"), ("RateLimits:Tenant:Waiting", "1"), ("Database:StatementTimeoutSeconds", "120"));
        var (noisy, neighbour) = (ApiFixture.At(host, (await api.NewTenant()).Admin), ApiFixture.At(host, (await api.NewTenant()).Admin));
        await using var blocker = await LockChapters();

        var running = noisy.Get("/chapters");
        await Eventually.Get(Blocked, blocked => blocked > 0);
        var more = Enumerable.Range(0, 5).Select(_ => noisy.Get("/tenant")).ToList();
        await Eventually.Get(() => Task.FromResult(more.Count(m => m.IsCompleted)), ended => ended == 4);

        foreach (var refused in more.Where(m => m.IsCompleted))
        {
            (await refused).ShouldBeProblem(429, "too-many-requests");
        }

        await neighbour.Get("/tenant").Ok();
        var waiting = more.Single(m => !m.IsCompleted);
        await blocker.DisposeAsync();
        await running.Ok();
        await waiting.Ok();
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_and_answered_with_503()
    {
        var tenant = await api.NewTenant();
        await using var host = HostWith(("Database:StatementTimeoutSeconds", "1"));
        await using var blocker = await LockChapters();

        (await ApiFixture.At(host, tenant.Admin).Get("/chapters")).ShouldBeProblem(503, "database-too-slow");
        (await ApiFixture.At(host, tenant.Admin).Post("/chapters", new { name = "A chapter", slug = "slow", timeZone = "Etc/UTC" })).ShouldBeProblem(503, "database-too-slow");
        (await ApiFixture.At(host, tenant.Admin).Send(HttpMethod.Get, "/chapters", RequestTests.Json("{}", "nobody-knows"))).ShouldBeProblem(503, "database-too-slow");
    }

    [Fact]
    public async Task A_tenants_backlog_in_the_outbox_holds_up_no_other()
    {
        var database = await server.CreateDatabase();
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.OpenAsync();
        var (noisy, neighbour) = (Guid.NewGuid(), Guid.NewGuid());
        await TestDatabase.Execute(connection, $"""
            INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts)
            SELECT gen_random_uuid(), '{noisy}', 'none', '', now(), now() - interval '1 hour' + n * interval '1 ms', 0 FROM generate_series(1, 5000) n;
            INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES (gen_random_uuid(), '{neighbour}', 'none', '', now(), now(), 0);
            """);
        var claim = new PostgreSqlDatabase().ClaimOutboxSql.Replace("{0}", "now()", StringComparison.Ordinal).Replace("{3}", $"'{Guid.NewGuid()}'", StringComparison.Ordinal)
            .Replace("{1}", "now() + interval '1 minute'", StringComparison.Ordinal).Replace("{2}", "100", StringComparison.Ordinal);

        await using var first = new NpgsqlCommand(claim.Replace("RETURNING *", "RETURNING tenant_id", StringComparison.Ordinal), connection);
        List<Guid> claimed = [];
        await using (var reader = await first.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                claimed.Add(reader.GetGuid(0));
            }
        }

        claimed.Count.ShouldBe(100);
        claimed.Count(t => t == neighbour).ShouldBe(1);
        (await database.Scalar<bool>("SELECT min(due_at) = min(at) - interval '1 hour' + interval '100 ms' FROM platform.outbox_messages")).ShouldBeTrue("the oldest go first");
    }

    /// <summary>Pages of chapters that wait for the lock; what a host asks of chapters by itself is no page.</summary>
    private Task<long> Blocked() => api.Database.Scalar<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%tenancy.chapters%ORDER BY%LIMIT%'");

    /// <summary>Until it is disposed of.</summary>
    private async Task<NpgsqlConnection> LockChapters()
    {
        var connection = new NpgsqlConnection(api.Database.Superuser);
        await connection.OpenAsync();
        await TestDatabase.Execute(connection, "BEGIN; LOCK TABLE tenancy.chapters IN ACCESS EXCLUSIVE MODE");
        return connection;
    }

    private ApiHost HostWith(params (string Key, string Value)[] settings) =>
        new(new Dictionary<string, string>(api.Settings.Concat(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))), StringComparer.Ordinal));
}
