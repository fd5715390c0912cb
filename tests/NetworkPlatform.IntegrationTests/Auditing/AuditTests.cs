using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Auditing;

/// <summary>Who did what to which record and why, as an administrator reads it.</summary>
public sealed class AuditTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_change_tells_who_did_what_to_which_record_and_why()
    {
        var tenant = await api.NewTenant();
        var volunteer = (await tenant.Admin.Post("/volunteers", new { name = "Somebody Unmistakable", email = "unmistakable@example.org" }, ("X-Reason", "asked by phone")).Created()).Id();

        var entry = (await tenant.Admin.All($"/audit?record={volunteer}")).ShouldHaveSingleItem();

        entry.Text("action").ShouldBe("register-volunteer");
        entry.Text("actor").ShouldBe(await OwnClientId(tenant));
        entry.Text("records").ShouldContain($"Volunteer {volunteer}");
        entry.Text("reason").ShouldBe("asked by phone");
        entry.GetProperty("purpose").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonSerializer.Serialize(await tenant.Admin.All("/audit")).ShouldNotContain("nmistakable", Case.Insensitive, "an entry holds ids only");
    }

    [Fact]
    public async Task A_commands_own_reason_is_the_one_that_counts()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var signUp = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();

        await tenant.Admin.Post($"/signups/{signUp}/cancel", new { reason = "unwell" }, ("X-Reason", "something else")).NoContent();

        (await tenant.Admin.All($"/audit?record={signUp}&action=cancel-sign-up")).ShouldHaveSingleItem().Text("reason").ShouldBe("unwell");
    }

    [Fact]
    public async Task A_read_of_what_is_sensitive_is_audited_without_what_it_showed()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer("secret-address@example.org");

        await tenant.Admin.Get($"/volunteers/{volunteer}").Ok();
        await tenant.Admin.Get("/volunteers").Ok();
        await tenant.Admin.Get($"/volunteers/{Guid.NewGuid()}").Problem(404, "volunteer-not-found");

        var reads = (await tenant.Admin.All("/audit")).Where(e => e.Text("purpose") == "contact").ToList();
        reads.Select(e => e.Text("action")).ShouldBe(["list-volunteers", "get-volunteer"]);
        reads[1].Text("records").ShouldBe($"Volunteer {volunteer}");
        reads[0].Text("records").ShouldBe("×1");
        JsonSerializer.Serialize(reads).ShouldNotContain("secret-address");
        var last = (await tenant.Admin.All("/audit")).First(e => e.Text("actor") != "platform"); // which may be inviting the tenant's administrator meanwhile
        (last.Text("action"), last.Text("purpose")).ShouldBe(("list-audit", "oversight"));
    }

    [Fact]
    public async Task A_read_of_somebodys_duties_and_load_is_audited_and_one_of_ones_own_is_not()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var self = await tenant.AsThemselves(volunteer);
        var shift = await tenant.NewShift(Roster.At());
        var signUp = (await tenant.SignUp(shift, volunteer).Created()).Id();

        await self.Get("/shifts?eligibleFor=me").Ok();
        await tenant.Admin.Get("/shifts").Ok();
        foreach (var path in (string[])[$"/shifts?eligibleFor={volunteer}", $"/shifts/{shift.Id}/stand-ins", "/coordination/volunteers", $"/signups/{signUp}", $"/standing-signups?volunteerId={volunteer}"])
        {
            await tenant.Admin.Get(path).Ok();
        }

        (await tenant.Admin.All("/audit")).Where(e => e.Text("purpose") == "scheduling").Select(e => e.Text("action")).Reverse()
            .ShouldBe(["list-shifts", "list-stand-ins", "list-volunteers-to-watch", "get-sign-up", "list-standing-sign-ups"]);
    }

    [Fact]
    public async Task An_answer_is_not_given_where_its_entry_cannot_be_written()
    {
        DatabaseServer.OnPostgreSqlOnly("a right is taken from the application's role.");
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        await alone.Database.Execute("REVOKE INSERT ON platform.audit_entries FROM networkplatform_app");

        (await tenant.Admin.Get($"/volunteers/{volunteer}")).ShouldBeProblem(500, "unexpected-failure");
        (await tenant.Admin.Post("/volunteers", new { name = "x", email = "x@example.org" })).ShouldBeProblem(500, "unexpected-failure");

        await alone.Database.Execute("GRANT INSERT ON platform.audit_entries TO networkplatform_app");
        (await tenant.Admin.All("/volunteers")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Filters_and_pages_leave_nothing_out_and_repeat_nothing()
    {
        var tenant = await api.NewTenant();
        var start = DateTimeOffset.UtcNow.AddSeconds(-1);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await tenant.NewVolunteer();
        }

        await tenant.NewChapter();
        var actor = await OwnClientId(tenant);
        List<string> seen = [];
        var cursor = "";
        while (cursor is not null)
        {
            var page = await tenant.Admin.Get($"/audit?action=register-volunteer&limit=2&cursor={cursor}").Ok();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("id")));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
        seen.Count.ShouldBe(5);
        var all = await tenant.Admin.All("/audit");
        all.Select(e => e.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        (await tenant.Admin.All($"/audit?actor={actor}&record=Chapter")).Select(e => e.Text("action")).ShouldBe(["create-chapter"]);
        (await tenant.Admin.All($"/audit?actor=nobody")).ShouldBeEmpty();
        (await tenant.Admin.All($"/audit?to={start:yyyy-MM-ddTHH:mm:ssZ}&action=register-volunteer")).ShouldBeEmpty();
        (await tenant.Admin.All($"/audit?from={start:yyyy-MM-ddTHH:mm:ssZ}&action=register-volunteer")).Count.ShouldBe(5);
        (await tenant.Admin.Get("/audit?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")).ShouldBeInvalid("to");
        (await tenant.Admin.Get($"/audit?actor={new string('x', 201)}")).ShouldBeInvalid("actor");
    }

    [Fact]
    public async Task A_tenant_sees_its_own_audit_only()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        var volunteer = await one.NewVolunteer();

        (await two.Admin.All($"/audit?record={volunteer}")).ShouldBeEmpty();
        (await one.Network.Admin.All($"/audit?record={volunteer}")).ShouldBeEmpty();
        (await (await one.ClientAs("coordinator", "finance", "viewer", "volunteer")).Get("/audit")).ShouldBeProblem(403, "permission-missing");
        (await (await one.ClientAs("coordinator")).Get("/audit/head")).ShouldBeProblem(403, "permission-missing");
    }

    [Theory]
    [InlineData("tab\there")]
    [InlineData("too long")]
    public async Task A_reason_that_cannot_be_kept_is_refused_and_nothing_is_changed(string reason)
    {
        var tenant = await api.NewTenant();
        var text = reason == "too long" ? new string('x', 501) : reason;

        (await tenant.Admin.Post("/volunteers", new { name = "x", email = "x@example.org" }, ("X-Reason", text))).ShouldBeInvalid("X-Reason");

        (await tenant.Admin.All("/volunteers")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_command_leaves_no_entry()
    {
        var tenant = await api.NewTenant();
        await tenant.Admin.Post("/volunteers", new { name = "x", email = "x@example.org" }).Created();
        var before = (await tenant.Admin.All("/audit?action=register-volunteer")).Count;

        (await tenant.Admin.Post("/volunteers", new { name = "x", email = "x@example.org" })).Status.ShouldBe(HttpStatusCode.Conflict);

        (await tenant.Admin.All("/audit?action=register-volunteer")).Count.ShouldBe(before);
    }

    private static async Task<string> OwnClientId(Tenant tenant) => (await tenant.Admin.All("/clients"))[0].Text("clientId");
}
