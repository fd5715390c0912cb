using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Privacy;

/// <summary>What people are told that is held on them.</summary>
public sealed class ExportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_person_is_told_all_that_every_module_holds_on_them_in_every_tenant_but_secrets()
    {
        DatabaseServer.OnPostgreSqlOnly("rows are made past foreign keys.");
        var scenario = await Scenario.New(api);
        var me = await scenario.Person.Api();
        await scenario.FillEverything();

        var export = await me.Get("/me/export").Ok();

        export.GetProperty("personId").GetGuid().ShouldBe(scenario.Person.Id);
        var tenants = export.GetProperty("tenants").EnumerateArray().ToDictionary(t => t.Text("tenant"), t => t.GetProperty("modules"), StringComparer.Ordinal);
        tenants.Keys.ShouldBe([scenario.Here.Slug, scenario.There.Slug], ignoreOrder: true);
        tenants[scenario.There.Slug].GetProperty("rostering").GetProperty("volunteer")[0].GetProperty("id").GetGuid().ShouldBe(scenario.VolunteerThere);
        var here = tenants[scenario.Here.Slug];
        var told = 0;
        foreach (var (module, entity, _) in Scenario.Entities(api.Host.Services, api.Database.Superuser))
        {
            if (entity.ClrType.Name == "CoordinatorAddress")
            {
                continue; // found by an address alone, which the next test does
            }

            var kind = JsonNamingPolicy.CamelCase.ConvertName(entity.ClrType.Name);
            here.GetProperty(module).TryGetProperty(kind, out var rows).ShouldBeTrue($"{module} does not tell of {kind}: {here}");
            foreach (var property in Scenario.Personal(entity))
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                var isThere = rows[0].TryGetProperty(name, out var value);
                isThere.ShouldBe(!Scenario.IsSecret(property), $"{kind}.{name}");
                told += isThere && value.ValueKind != JsonValueKind.Null && value.GetRawText() is not ("\"\"" or "[]") ? 1 : isThere ? throw new InvalidOperationException($"{kind}.{name} is empty") : 0;
            }
        }

        told.ShouldBeGreaterThan(15);
        var text = export.GetRawText();
        foreach (var (_, entity, _) in Scenario.Entities(api.Host.Services, api.Database.Superuser))
        {
            foreach (var secret in Scenario.Personal(entity).Where(Scenario.IsSecret))
            {
                text.ShouldNotContain($"{Scenario.Marker}-{entity.ClrType.Name}-{secret.Name}\"");
            }
        }

        here.GetProperty("rostering").GetProperty("wellbeingCheckIn")[0].GetProperty("answers").GetProperty("who-1").GetInt32().ShouldBe(4);
        (await scenario.There.Admin.All("/audit?action=export-personal-data")).ShouldHaveSingleItem().Text("purpose").ShouldBe("access-request");
        (await me.Get("/me/export").Ok()).GetProperty("tenants")[0].GetProperty("modules").GetProperty("identity").GetProperty("acts").EnumerateArray()
            .ShouldContain(a => a.Text("action") == "export-personal-data", "what they did is told, too");
    }

    [Fact]
    public async Task An_administrator_is_told_of_their_own_tenant_and_nothing_that_is_for_the_persons_eyes_only()
    {
        DatabaseServer.OnPostgreSqlOnly("rows are made past foreign keys.");
        var scenario = await Scenario.New(api);
        await scenario.FillEverything();

        var export = await scenario.Here.Admin.Get($"/members/{scenario.Person.Id}/export").Ok();

        var only = export.GetProperty("tenants").EnumerateArray().ShouldHaveSingleItem();
        only.Text("tenant").ShouldBe(scenario.Here.Slug);
        only.GetProperty("modules").GetProperty("rostering").TryGetProperty("wellbeingCheckIn", out _).ShouldBeFalse();
        only.GetProperty("modules").GetProperty("identity").TryGetProperty("signInSession", out _).ShouldBeFalse();
        only.GetProperty("modules").GetProperty("identity").TryGetProperty("affiliation", out _).ShouldBeFalse("it would tell of other tenants");
        var person = only.GetProperty("modules").GetProperty("identity").GetProperty("person")[0];
        person.TryGetProperty("twoFactorEnabled", out _).ShouldBeFalse("how they sign in is theirs");
        export.GetRawText().ShouldNotContain("securityStamp");
        export.GetRawText().ShouldNotContain("lastTotpStep");
        export.GetRawText().ShouldContain(scenario.Person.Email);
        export.GetRawText().ShouldNotContain(scenario.There.Id.ToString());
        export.GetRawText().ShouldNotContain(scenario.VolunteerThere.ToString());
        await (await api.NewTenant()).Admin.Get($"/members/{scenario.Person.Id}/export").Problem(404, "subject-not-found");
    }

    [Fact]
    public async Task Only_a_person_asks_for_what_is_their_own()
    {
        var tenant = await api.NewTenant();
        var other = await api.NewTenant();
        var me = await (await tenant.NewPerson("viewer")).Api();

        (await tenant.Admin.Get("/me/export")).ShouldBeProblem(403, "person-needed");
        (await api.Anonymous().Get("/me/export")).ShouldBeProblem(401, "token-missing");
        (await me.Send(HttpMethod.Get, "/me/export", null, ("X-Tenant", other.Slug))).ShouldBeProblem(403, "tenant-not-yours");
        (await me.Get($"/members/{Guid.NewGuid()}/export")).ShouldBeProblem(403, "permission-missing");
        (await me.Get("/me/export")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_corrects_their_name_and_language()
    {
        var tenant = await api.NewTenant();
        var me = await (await tenant.NewPerson()).Api();

        await me.Patch("/me", new { name = "Noa Levi-Cohen", culture = "he" }).NoContent();
        (await me.Patch("/me", new { name = " " })).ShouldBeInvalid("name");
        (await me.Patch("/me", new { culture = "nowhere" })).ShouldBeInvalid("culture");

        var person = (await me.Get("/me/export").Ok()).GetProperty("tenants")[0].GetProperty("modules").GetProperty("identity").GetProperty("person")[0];
        (person.Text("name"), person.Text("culture")).ShouldBe(("Noa Levi-Cohen", "he"));
    }
}
