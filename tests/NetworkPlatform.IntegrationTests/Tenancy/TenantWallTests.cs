using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Http;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>What one tenant sees of another: nothing, not even that it exists.</summary>
public sealed class TenantWallTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string OwnWallTests = "the walls of SQL Server have tests of their own, SqlServerWallTests.";

    [Fact]
    public async Task Every_route_with_an_id_answers_404_to_another_tenant()
    {
        var (owner, other) = (await api.NewTenant(), await api.NewTenant());
        var ids = await EverythingOf(owner);
        var routes = api.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Count > 0 && e.Metadata.GetMetadata<Permission>() is not null).ToList();
        routes.Count.ShouldBeGreaterThan(15);

        foreach (var route in routes)
        {
            var path = route.RoutePattern.RawText!.Replace("/api/v1", "", StringComparison.Ordinal);
            foreach (var parameter in route.RoutePattern.Parameters.Select(p => p.Name))
            {
                ids.TryGetValue(parameter, out var id).ShouldBeTrue($"{route.DisplayName}: no {parameter} to try. Make one in EverythingOf.");
                path = path.Replace($"{{{parameter}:guid}}", id.ToString(), StringComparison.Ordinal);
            }

            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var client = route.Metadata.GetMetadata<Permission>()!.GrantedTo.Contains("tenant-admin", StringComparer.Ordinal) ? other.Admin : other.Network.Admin;

            var answer = await client.Send(new HttpMethod(method), path, method == "GET" ? null : Body(path), ("If-Match", "\"1\""));

            answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}: {answer.Body}");
        }
    }

    [Fact]
    public async Task Lists_show_the_callers_tenant_only()
    {
        var (owner, other) = (await api.NewTenant(), await api.NewTenant());
        await EverythingOf(owner);

        foreach (var list in (string[])["/chapters", "/groups", "/venues", "/volunteers", "/shifts", "/funds", "/members"])
        {
            (await other.Admin.All(list)).ShouldBeEmpty(list);
            (await owner.Admin.All(list)).ShouldNotBeEmpty(list);
        }
    }

    [Fact]
    public async Task Raw_sql_under_the_applications_role_sees_the_bound_tenant_only_on_fresh_and_reused_connections()
    {
        DatabaseServer.OnPostgreSqlOnly(OwnWallTests);
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        await one.NewGroup();
        await two.NewGroup();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(api.Database.Settings["Database:ConnectionString"]) { MaxPoolSize = 1 });

        for (var round = 0; round < 3; round++)
        {
            foreach (var tenant in (Tenant[])[one, two])
            {
                await using var connection = await source.OpenConnectionAsync();
                (await Count(connection, "SELECT count(*) FROM registry.groups")).ShouldBe(0, "without a transaction there is no tenant");
                await using var transaction = await connection.BeginTransactionAsync();
                await Bind(connection, tenant.Id);
                (await Count(connection, "SELECT count(*) FROM registry.groups")).ShouldBe(1);
                (await Count(connection, $"SELECT count(*) FROM registry.groups WHERE tenant_id <> '{tenant.Id}'")).ShouldBe(0);
                await transaction.CommitAsync();
            }
        }
    }

    [Fact]
    public async Task The_applications_role_can_neither_write_for_another_tenant_nor_look_at_the_outbox_nor_rewrite_history()
    {
        DatabaseServer.OnPostgreSqlOnly(OwnWallTests);
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        var chapter = await one.NewChapter();

        await Refused(one.Id, $"UPDATE tenancy.chapters SET tenant_id = '{two.Id}' WHERE id = '{chapter}'");
        await Refused(one.Id, $"INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES (gen_random_uuid(), '{two.Id}', 'x', '{{}}', now(), now(), 0)");
        await Refused(one.Id, "SELECT * FROM platform.outbox_messages");
        await Refused(one.Id, "DELETE FROM platform.audit_entries");
        await Refused(one.Id, "UPDATE funding.ledger_entries SET amount = 0");
        await Refused(one.Id, "ALTER TABLE tenancy.chapters DISABLE ROW LEVEL SECURITY");
        await Refused(one.Id, "SET row_security = off; SELECT * FROM tenancy.chapters");
    }

    [Fact]
    public async Task Every_table_with_a_tenant_is_walled_off_and_every_other_is_known()
    {
        DatabaseServer.OnPostgreSqlOnly(OwnWallTests);
        var open = await api.Database.Scalar<string>("""
            SELECT coalesce(string_agg(n.nspname || '.' || c.relname, ' ' ORDER BY n.nspname, c.relname), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relname <> 'migrations'
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
            """);

        // Shared by all: the tenants themselves, and the keys that sign and protect for everybody.
        open.ShouldBe("identity.data_protection_keys identity.signing_keys platform.absent_tenants tenancy.tenant_changes tenancy.tenants");
        (await api.Database.Scalar<bool>("SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname LIKE 'networkplatform%'")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_tenant_comes_from_the_host_then_the_header_then_the_token()
    {
        var (mine, other) = (await api.NewTenant(), await api.NewTenant());

        (await mine.Admin.Get("/tenant").Ok()).Text("slug").ShouldBe(mine.Slug);
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", mine.Slug.ToUpperInvariant()))).Status.ShouldBe(HttpStatusCode.OK);
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", "nobody"))).ShouldBeProblem(404, "tenant-not-found");
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", other.Slug))).ShouldBeProblem(403, "tenant-not-yours");
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("Host", $"{mine.Slug}.np.example"), ("X-Tenant", other.Slug))).Status.ShouldBe(HttpStatusCode.OK);
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("Host", $"{other.Slug}.np.example"))).ShouldBeProblem(403, "tenant-not-yours");
        (await mine.Admin.Send(HttpMethod.Get, "/tenant", null, ("Host", "nobody.np.example"))).ShouldBeProblem(404, "tenant-not-found");
        (await api.Anonymous().Get("/tenant")).ShouldBeProblem(401, "token-missing");
    }

    [Fact]
    public async Task A_suspended_member_is_refused_until_it_is_resumed()
    {
        var tenant = await api.NewTenant();

        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();
        await tenant.Admin.Get("/tenant").Problem(403, "tenant-suspended");
        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/resume").NoContent();

        await tenant.Admin.Get("/tenant").Ok();
    }

    [Fact]
    public async Task A_store_that_fails_is_503_and_never_no_tenant()
    {
        await using var host = new ApiHost(api.Database.Unreachable);

        var answer = await new ApiClient(host.CreateClient()).Send(HttpMethod.Get, "/tenant", null, ("X-Tenant", "anybody"));

        answer.ShouldBeProblem(503, "tenant-lookup-failed");
        (await new ApiClient(host.CreateClient()).Get("//health/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await new ApiClient(host.CreateClient()).Get("//health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Parallel_requests_of_two_tenants_never_mix()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var tenant = i % 2 == 0 ? one : two;
            (await tenant.Admin.Get("/tenant").Ok()).Text("slug").ShouldBe(tenant.Slug);
        });
    }

    internal static object Body(string path) => path switch
    {
        _ when path.EndsWith("/signups", StringComparison.Ordinal) || path.EndsWith("/standing-signups", StringComparison.Ordinal) => new { volunteerId = Guid.NewGuid() },
        _ when path.EndsWith("/qualifications", StringComparison.Ordinal) => new { code = "first-aid", issuedOn = "2026-01-01" },
        _ when path.EndsWith("/check-ins", StringComparison.Ordinal) => Rostering.Wellbeing.CheckInTests.Who5(3),
        _ when path.EndsWith("/network-consent", StringComparison.Ordinal) => new { given = true, wording = "1", evidence = "A letter" },
        _ when path.EndsWith("/email", StringComparison.Ordinal) => new { email = "somebody@example.org" },
        _ when path.EndsWith("/plan", StringComparison.Ordinal) => new { plan = "standard" },
        _ when path.EndsWith("/meetings", StringComparison.Ordinal) => Roster.Meeting(Roster.At()),
        _ when path.EndsWith("/holidays", StringComparison.Ordinal) => new { holidays = Array.Empty<object>() },
        _ when path.EndsWith("/move", StringComparison.Ordinal) => new { startsOn = "2030-01-01", startTime = "10:00" },
        _ when path.StartsWith("/sessions", StringComparison.Ordinal) && path.EndsWith("/attendance", StringComparison.Ordinal) => new { participants = 3 },
        _ when path.EndsWith("/attendance", StringComparison.Ordinal) => new { outcome = "attended" },
        _ when path.EndsWith("/roles", StringComparison.Ordinal) => new { roles = new[] { "viewer" } },
        _ when path.EndsWith("/members/invitations", StringComparison.Ordinal) => new { email = "somebody@example.org", roles = new[] { "viewer" } },
        _ when path.EndsWith("/clients", StringComparison.Ordinal) => new { name = "A client", roles = new[] { "viewer" } },
        _ when path.EndsWith("/income", StringComparison.Ordinal) => new { amount = "1.00" },
        _ when path.EndsWith("/allocations", StringComparison.Ordinal) => new { amount = "1.00", groupId = Guid.NewGuid() },
        _ when path.EndsWith("/expenses", StringComparison.Ordinal) => new { amount = "1.00", description = "Tea" },
        _ => new { },
    };

    /// <summary>One of each thing that a route may name, by the route's own parameter.</summary>
    internal static async Task<Dictionary<string, Guid>> EverythingOf(Tenant tenant)
    {
        var chapter = await tenant.NewChapter();
        var group = await tenant.NewGroup(chapter);
        var shift = await tenant.NewShift(Roster.At(), groupId: group);
        var volunteer = await tenant.NewVolunteer();
        var signUp = (await tenant.SignUp(shift, volunteer).Created()).Id();
        var import = await tenant.Admin.Post($"/imports?format=meeting-guide&chapterId={chapter}", new StringContent("[]")).Accepted();
        var checkIn = await (await tenant.AsThemselves(volunteer)).Post($"/volunteers/{volunteer}/check-ins", Body("/check-ins")).Created();
        var client = await tenant.Admin.Post("/clients", new { name = "A client", roles = new[] { "viewer" } }).Created();
        await tenant.Admin.Post("/venues", new { chapterId = chapter, name = "Hall", address = "1 Main Street" }).Created();
        return new Dictionary<string, Guid>(StringComparer.Ordinal)
        {
            ["chapterId"] = chapter,
            ["groupId"] = group,
            ["sessionId"] = shift.SessionId,
            ["shiftId"] = shift.Id,
            ["volunteerId"] = volunteer,
            ["checkInId"] = checkIn.Id(),
            ["signUpId"] = signUp,
            ["swapId"] = (await tenant.Admin.Post($"/signups/{signUp}/swaps", new { }).Created()).Id(),
            ["standingId"] = (await tenant.Admin.Post($"/shifts/{shift.Id}/standing-signups", new { volunteerId = volunteer }).Created()).Id(),
            ["importId"] = import.Id(),
            ["memberId"] = tenant.Id,
            ["membershipId"] = (await tenant.MembershipOf(await tenant.NewPerson())).Id(),
            ["invitationId"] = (await tenant.Admin.Post("/members/invitations", new { email = "somebody@example.org", roles = new[] { "viewer" } }).Created()).Id(),
            ["clientId"] = client.Id(),
            ["secretId"] = (await tenant.Admin.Post($"/clients/{client.Id()}/secrets", new { }).Created()).GetProperty("secretId").GetGuid(),
            ["personId"] = (await tenant.NewPerson()).Id,
            ["erasureId"] = (await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { volunteer } }).Created()).Id(),
            ["holdId"] = (await tenant.Admin.Post("/legal-holds", new { subjectId = volunteer, reason = "A case" }).Created()).Id(),
            ["fundId"] = (await tenant.Admin.Post("/funds", new { name = "A fund", currency = "GBP", restriction = new { kind = "unrestricted" } }).Created()).Id(),
        };
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Bind(NpgsqlConnection connection, Guid tenant)
    {
        await using var command = new NpgsqlCommand($"SELECT set_config('app.tenant', '{tenant}', true)", connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Refused(Guid tenant, string sql)
    {
        await using var connection = new NpgsqlConnection(api.Database.Settings["Database:ConnectionString"]);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Bind(connection, tenant);
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(), sql)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
    }
}
