using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>Every route that needs a permission, discovered from the endpoints, against every role and against a caller of another chapter.</summary>
public sealed class RouteMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>What belongs to a chapter; the rest is the whole tenant's.</summary>
    private static readonly string[] OfChapters = ["chapterId", "groupId", "sessionId", "shiftId", "signUpId", "swapId", "standingId", "importId"];

    /// <summary>What is one volunteer's; a swap that anybody may accept is every volunteer's.</summary>
    private static readonly string[] OfVolunteers = ["volunteerId", "signUpId", "standingId", "checkInId"];

    private IEnumerable<(RouteEndpoint Route, string Method, Permission Permission)> Routes => api.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<Permission>() is not null)
        .Select(e => (e, e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], e.Metadata.GetMetadata<Permission>()!));

    [Fact]
    public async Task Every_route_is_open_to_the_roles_that_it_declares_and_to_no_other()
    {
        var tenant = await api.NewTenant();
        var tried = 0;
        foreach (var role in Roles.All)
        {
            // The network's administrator is one in the umbrella only.
            var client = role == Roles.NetworkAdmin
                ? await api.NewClient(tenant.Network.Admin, "/clients", new { name = role, roles = new[] { role } })
                : await tenant.ClientAs(role);
            foreach (var (route, method, permission) in Routes)
            {
                var answer = await Send(client, route, method, _ => Guid.NewGuid());

                var allowed = permission.GrantedTo.Contains(role, StringComparer.Ordinal);
                var what = $"{role}: {method} {route.RoutePattern.RawText} → {(int)answer.Status} {answer.Body}";
                if (allowed)
                {
                    answer.Status.ShouldNotBe(HttpStatusCode.Unauthorized, what);
                    (answer.Status == HttpStatusCode.Forbidden && answer.ProblemType == "permission-missing").ShouldBeFalse(what);
                    ((int)answer.Status).ShouldBeLessThan(500, what);
                }
                else
                {
                    answer.Status.ShouldBe(HttpStatusCode.Forbidden, what);
                    answer.ProblemType.ShouldBe("permission-missing", what);
                }

                tried++;
            }
        }

        tried.ShouldBeGreaterThan(6 * 35);
    }

    [Fact]
    public async Task A_coordinator_of_another_chapter_finds_nothing_by_any_id()
    {
        var tenant = await api.NewTenant();
        var ids = await TenantWallTests.EverythingOf(tenant);
        var limited = await LimitedTo(tenant, await tenant.NewChapter());
        var tried = 0;
        foreach (var (route, method, permission) in Routes.Where(r => r.Permission.GrantedTo.Contains(Roles.Coordinator, StringComparer.Ordinal)))
        {
            if (route.RoutePattern.Parameters.Select(p => p.Name).SingleOrDefault() is { } id && OfChapters.Contains(id, StringComparer.Ordinal))
            {
                var answer = await Send(limited, route, method, parameter => ids[parameter]);

                answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {route.RoutePattern.RawText}: {answer.Body}");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(12);
        foreach (var list in (string[])["/groups", "/venues", "/shifts"])
        {
            (await limited.All(list)).ShouldBeEmpty(list);
        }

        (await limited.All("/chapters")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_volunteer_finds_nothing_by_any_id()
    {
        var tenant = await api.NewTenant();
        var ids = await TenantWallTests.EverythingOf(tenant);
        var other = await tenant.AsThemselves(await tenant.NewVolunteer());
        var tried = 0;
        foreach (var (route, method, _) in Routes.Where(r => r.Permission.GrantedTo.Contains(Roles.Volunteer, StringComparer.Ordinal)))
        {
            if (route.RoutePattern.Parameters.Any(p => OfVolunteers.Contains(p.Name, StringComparer.Ordinal)))
            {
                var answer = await Send(other, route, method, parameter => ids[parameter]);

                answer.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {route.RoutePattern.RawText}: {answer.Body}");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task A_coordinator_works_in_their_own_chapter_and_can_make_nothing_in_another()
    {
        var tenant = await api.NewTenant();
        var (own, other) = (await tenant.NewChapter(), await tenant.NewChapter());
        var limited = await LimitedTo(tenant, own);
        object Group(Guid chapterId) => new { chapterId, name = "A group", topic = "grief", leadership = "peer-led", format = "online" };

        await limited.Post("/groups", Group(own)).Created();
        (await limited.Post("/groups", Group(other))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await limited.Post("/venues", new { chapterId = other, name = "Hall", address = "1 Main Street" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await limited.Post($"/imports?format=meeting-guide&chapterId={other}", new StringContent("[]"))).Status.ShouldBe(HttpStatusCode.NotFound);

        (await tenant.Admin.All("/groups")).Count.ShouldBe(1);
        (await tenant.Admin.All("/venues")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limited_coordinator_signs_up_and_cancels_within_the_chapter_only()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        var mine = await tenant.NewShift(Roster.At(), groupId: await tenant.NewGroup(chapter));
        var theirs = await tenant.NewShift(Roster.At(days: 2));
        var volunteer = await tenant.NewVolunteer();
        var limited = await LimitedTo(tenant, chapter);

        var signUp = (await limited.Post($"/shifts/{mine.Id}/signups", new { volunteerId = volunteer }).Created()).Id();
        await limited.Post($"/shifts/{theirs.Id}/signups", new { volunteerId = volunteer }).Problem(404, "shift-not-found");
        var elsewhere = (await tenant.SignUp(theirs, volunteer).Created()).Id();
        await limited.Post($"/signups/{elsewhere}/cancel").Problem(404, "sign-up-not-found");
        (await limited.All($"/volunteers/{volunteer}/signups")).ShouldHaveSingleItem().Id().ShouldBe(signUp);

        await limited.Post($"/signups/{signUp}/cancel").NoContent();
    }

    private Task<ApiClient> LimitedTo(Tenant tenant, Guid chapter) =>
        api.NewClient(tenant.Admin, "/clients", new { name = "A coordinator", roles = new[] { "coordinator" }, chapters = new[] { chapter } });

    private static Task<Answer> Send(ApiClient client, RouteEndpoint route, string method, Func<string, Guid> id)
    {
        var path = route.RoutePattern.RawText!.Replace("/api/v1", "", StringComparison.Ordinal);
        foreach (var parameter in route.RoutePattern.Parameters)
        {
            path = path.Replace($"{{{parameter.Name}:guid}}", id(parameter.Name).ToString(), StringComparison.Ordinal);
        }

        return client.Send(new HttpMethod(method), path, method == "GET" ? null : TenantWallTests.Body(path), ("If-Match", "\"1\""));
    }
}
