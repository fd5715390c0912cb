using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Limits from the umbrella down to the chapter: each level may only tighten.</summary>
public sealed class BurnoutPolicyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task What_the_umbrella_sets_holds_for_its_members_and_for_no_other_network()
    {
        var network = await api.NewNetwork();
        var (here, there, elsewhere) = (await network.NewMember(), await network.NewMember(), await api.NewTenant());

        await Put(network.Admin, "", Rule("hours-7d", warn: 3, refuse: 6)).Ok();

        foreach (var (tenant, refuse) in new[] { (here, 6m), (there, 6m), (elsewhere, 12m) })
        {
            (await LimitOf(tenant, "hours-7d")).GetProperty("refuse").GetDecimal().ShouldBe(refuse);
        }

        var volunteer = await here.NewVolunteer();
        await here.SignUp(await here.NewShift(Roster.At(1), minutes: 210), volunteer).Created();
        var problem = await here.SignUp(await here.NewShift(Roster.At(4), minutes: 180), volunteer).Problem(422, "burnout-limit");
        problem.GetProperty("violations")[0].GetProperty("limit").GetDecimal().ShouldBe(6);
    }

    [Fact]
    public async Task A_level_below_may_tighten_but_not_loosen_and_hears_which_limit_stands_above_it()
    {
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();
        await Put(tenant.Network.Admin, "", Rule("hours-7d", warn: 4, refuse: 8)).Ok();

        var problem = await Put(tenant.Admin, "", Rule("hours-7d", refuse: 9)).Problem(422, "policy-may-only-tighten");
        problem.Text("rule").ShouldBe("hours-7d");
        problem.GetProperty("limit").GetDecimal().ShouldBe(8);
        await Put(tenant.Admin, "", Rule("rest-between-shifts", refuse: 10)).Problem(422, "policy-may-only-tighten");
        await Put(tenant.Admin, "", new { demandingFrom = 2, nightStart = "22:00", nightEnd = "05:00" }).Problem(422, "policy-may-only-tighten");
        await Put(tenant.Admin, "", new { weights = new { light = 50 } }).Problem(422, "policy-may-only-tighten");
        (await LimitOf(tenant, "hours-7d")).GetProperty("refuse").GetDecimal().ShouldBe(8);

        await Put(tenant.Admin, "", Rule("hours-7d", refuse: 7)).Ok();
        (await Put(tenant.Admin, $"?chapterId={chapter}", Rule("hours-7d", refuse: 8)).Problem(422, "policy-may-only-tighten")).GetProperty("limit").GetDecimal().ShouldBe(7);
        await Put(tenant.Admin, $"?chapterId={chapter}", Rule("hours-7d", refuse: 5)).Ok();

        (await LimitOf(tenant, "hours-7d")).GetProperty("refuse").GetDecimal().ShouldBe(7);
        (await LimitOf(tenant, "hours-7d", $"?chapterId={chapter}")).GetProperty("refuse").GetDecimal().ShouldBe(5);
        (await LimitOf(tenant, "hours-7d", $"?chapterId={chapter}")).GetProperty("warn").GetDecimal().ShouldBe(4);
    }

    [Fact]
    public async Task A_level_above_that_tightens_later_reaches_those_below()
    {
        var tenant = await api.NewTenant();
        await Put(tenant.Admin, "", Rule("hours-7d", refuse: 10)).Ok();

        await Put(tenant.Network.Admin, "", Rule("hours-7d", warn: 2, refuse: 6)).Ok();
        (await LimitOf(tenant, "hours-7d")).GetProperty("refuse").GetDecimal().ShouldBe(6);

        await Put(tenant.Network.Admin, "", Rule("hours-7d", refuse: 12)).Ok();
        (await LimitOf(tenant, "hours-7d")).GetProperty("refuse").GetDecimal().ShouldBe(10);
    }

    [Fact]
    public async Task A_chapters_limits_hold_in_the_chapter_and_every_decision_tells_its_version()
    {
        var tenant = await api.NewTenant();
        var (strict, usual) = (await tenant.NewChapter(), await tenant.NewChapter());
        var volunteer = await tenant.NewVolunteer();
        var first = await tenant.SignUp(await tenant.NewShift(Roster.At(1), minutes: 120, groupId: await tenant.NewGroup(usual)), volunteer).Created();
        await Put(tenant.Admin, $"?chapterId={strict}", Rule("shift-length", warn: 60, refuse: 90)).Ok();

        await tenant.SignUp(await tenant.NewShift(Roster.At(3), minutes: 120, groupId: await tenant.NewGroup(strict)), volunteer).Problem(422, "burnout-limit");
        var second = await tenant.SignUp(await tenant.NewShift(Roster.At(3), minutes: 120, groupId: await tenant.NewGroup(usual)), volunteer).Created();

        (first.Text("policyVersion"), second.Text("policyVersion")).ShouldBe(("0.0", "0.1"));
        (await tenant.Admin.Get($"/signups/{second.Id()}").Ok()).Text("policyVersion").ShouldBe("0.1");
        (await LimitOf(tenant, "shift-length", $"?chapterId={strict}&version=0.0")).GetProperty("refuse").GetDecimal().ShouldBe(240);
        (await LimitOf(tenant, "shift-length", $"?chapterId={strict}&version=0.1")).GetProperty("refuse").GetDecimal().ShouldBe(90);
        await tenant.Admin.Get("/burnout-policy?version=0.2").Problem(404, "policy-version-not-found");
    }

    [Fact]
    public async Task What_is_read_can_be_sent_back_and_a_stale_version_is_refused()
    {
        var tenant = await api.NewTenant();
        var read = await tenant.Admin.Get("/burnout-policy");
        var limits = read.ShouldBe(HttpStatusCode.OK);
        limits.GetProperty("rules").GetArrayLength().ShouldBe(15);
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(read.Body)!;
        body.Remove("policyVersion");

        await tenant.Admin.Send(HttpMethod.Put, "/burnout-policy", body, ("If-Match", read.ETag!)).Ok();

        await tenant.Admin.Send(HttpMethod.Put, "/burnout-policy", body, ("If-Match", read.ETag!)).Problem(412, "stale-version");
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_changes_nothing()
    {
        var tenant = await api.NewTenant();

        (await Put(tenant.Admin, "", Rule("shift-lenght", refuse: 5))).ShouldBeInvalid("rules[0].rule");
        (await Put(tenant.Admin, "", Rule("hours-7d", warn: 10, refuse: 5))).ShouldBeInvalid("rules[0].warn");
        (await Put(tenant.Admin, "", Rule("hours-7d", refuse: -1))).ShouldBeInvalid("rules[0].refuse");
        (await Put(tenant.Admin, "", new { demandingFrom = 4 })).ShouldBeInvalid("demandingFrom");
        (await Put(tenant.Admin, "", new { nightStart = "22:00" })).ShouldBeInvalid("nightEnd");
        (await Put(tenant.Admin, "", new { weights = new { light = 5000 } })).ShouldBeInvalid("weights");
        await Put(tenant.Admin, $"?chapterId={Guid.NewGuid()}", Rule("hours-7d", refuse: 5)).Problem(404, "chapter-not-found");
        (await tenant.Admin.Get("/burnout-policy").Ok()).Text("policyVersion").ShouldBe("0.0");
    }

    [Fact]
    public async Task An_override_passes_over_limits_with_a_reason_and_a_note_but_never_over_another_shift()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var evening = await tenant.NewShift(Roster.At(hours: 7), minutes: 60);
        var morning = await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60);
        var overlapping = await tenant.NewShift(Roster.At(hours: 7).AddMinutes(30), minutes: 60);
        await tenant.SignUp(evening, volunteer).Created();
        var because = new { reason = "exceptional-circumstances", note = "Nobody else can open the hall." };

        (await tenant.Admin.Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = new { reason = "worker-consent" } })).ShouldBeInvalid("override.note");
        (await tenant.Admin.Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = new { note = "Because." } })).ShouldBeInvalid("override.reason");
        await (await tenant.AsThemselves(volunteer)).Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = because }).Problem(403, "permission-missing");
        await tenant.Admin.Post($"/shifts/{overlapping.Id}/signups", new { volunteerId = volunteer, @override = because }).Problem(409, "shift-overlap");
        var signUp = await tenant.Admin.Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = because }).Created();

        var stored = await tenant.Admin.Get($"/signups/{signUp.Id()}").Ok();
        (stored.Text("overrideReason"), stored.Text("overrideNote"), stored.Text("overriddenRules")).ShouldBe((because.reason, because.note, "rest-between-shifts"));
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE action = 'sign-up-for-shift' AND records LIKE $1", $"%SignUp {signUp.Id()}%")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_overrides_their_own_limits_whatever_their_role()
    {
        var tenant = await api.NewTenant();
        var (volunteer, person) = (await tenant.NewVolunteer(), await tenant.NewPerson("coordinator"));
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId = person.Id }).NoContent();
        var morning = await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60);
        await tenant.SignUp(await tenant.NewShift(Roster.At(hours: 7), minutes: 60), volunteer).Created();
        var because = new { reason = "exceptional-circumstances", note = "Nobody else can open the hall." };
        var me = await person.Api();

        foreach (var named in (Guid?[])[volunteer, null])
        {
            await me.Post($"/shifts/{morning.Id}/signups", new { volunteerId = named, @override = because }).Problem(403, "permission-missing");
        }

        (await tenant.Admin.Get($"/shifts/{morning.Id}").Ok()).Number("taken").ShouldBe(0);
        await tenant.Admin.Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = because }).Created();
    }

    [Fact]
    public async Task Nobody_takes_their_own_link_off_but_whoever_has_none_may_make_it()
    {
        var tenant = await api.NewTenant();
        var (volunteer, person) = (await tenant.NewVolunteer(), await tenant.NewPerson("coordinator"));
        var me = await person.Api();
        await Link(me, person.Id).NoContent();

        foreach (var account in (Guid?[])[null, Guid.NewGuid()])
        {
            await Link(me, account).Problem(403, "own-link");
        }

        await Link(me, person.Id).NoContent();
        await me.Get($"/volunteers/{volunteer}").Ok();
        await Link(await tenant.AsSomebody("coordinator"), null).NoContent();

        Task<Answer> Link(ApiClient by, Guid? accountId) => by.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId });
    }

    [Fact]
    public async Task Nobody_waits_by_an_override_for_a_place_that_the_limits_would_not_let_them_be_offered()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var morning = await tenant.NewShift(Roster.At(days: 2, hours: -6), minutes: 60, places: 1);
        await tenant.SignUp(await tenant.NewShift(Roster.At(hours: 7), minutes: 60), volunteer).Created();
        var held = (await tenant.SignUp(morning, await tenant.NewVolunteer()).Created()).Id();

        await Override().Problem(422, "burnout-limit");

        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        (await Override().Created()).Text("status").ShouldBe("confirmed");

        Task<Answer> Override() => tenant.Admin.Post($"/shifts/{morning.Id}/signups", new { volunteerId = volunteer, @override = new { reason = "worker-consent", note = "They insist." } });
    }

    private static Task<Answer> Put(ApiClient client, string query, object body) => client.Send(HttpMethod.Put, "/burnout-policy" + query, body);

    private static object Rule(string rule, decimal? warn = null, decimal? refuse = null) => new { rules = new[] { new { rule, warn, refuse } } };

    private static async Task<JsonElement> LimitOf(Tenant tenant, string rule, string query = "") =>
        (await tenant.Admin.Get("/burnout-policy" + query).Ok()).GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == rule);
}
