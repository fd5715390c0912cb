using System.Net;
using NetworkPlatform.Api;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>What applications may do for a person, as the person sees it and takes it back.</summary>
public sealed class ApplicationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_person_sees_which_applications_have_access_and_ends_one()
    {
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var person = await here.NewPerson();
        await NetworkFounding.RegisterPersonAsync(api.Host.Services, there.Slug, person.Email, "Noa Levi", People.Password, ["viewer"]);
        var (kept, ended) = (await RelyingParty.New(here, new { name = "The kept one" }), await RelyingParty.New(there, new { name = "The <ended> one" }));
        var browser = await person.SignedIn();
        (await browser.Get("/account/applications")).Text.ShouldContain("No application acts for you");
        var (keptTokens, endedTokens) = (await kept.Redeem(await kept.Code(browser)), await ended.Redeem(await ended.Code(browser)));
        (await api.TryToken(endedTokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        var page = await browser.Get("/account/applications");
        page.Text.ShouldContain("The kept one");
        page.Text.ShouldContain("The <ended> one");
        page.Text.ShouldContain("see your e-mail address");
        page.Html.ShouldNotContain("<ended>");
        (await browser.Submit(page, new { client = "\0" }, ended.ClientId, asMultipart: true)).ShouldLeadTo("/account/applications");
        (await browser.Submit(page, new { }, ended.ClientId)).ShouldLeadTo("/account/applications");

        (await browser.Get("/account/applications")).Text.ShouldNotContain("The <ended> one");
        (await browser.Get("/account/applications")).Text.ShouldContain("The kept one");
        (await api.TryToken(endedTokens.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized, "at once");
        await ended.Token(("grant_type", "refresh_token"), ("refresh_token", endedTokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await api.TryToken(keptTokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        await kept.Refresh(keptTokens.Text("refresh_token"));
        (await there.Admin.All("/audit?action=end-application-access")).ShouldHaveSingleItem().Text("actor").ShouldBe(person.Id.ToString());
    }

    [Fact]
    public async Task Who_ends_an_applications_access_is_asked_anew()
    {
        var tenant = await api.NewTenant();
        var person = await tenant.NewPerson();
        var app = await RelyingParty.New(tenant, new { requireConsent = true, name = "A third party" });
        var browser = await person.SignedIn();
        var asked = await app.Ask(browser);
        asked.ShouldLeadTo("/account/consent");
        (await browser.Submit(asked.Location!, new { decision = "allow" })).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.Code(browser);

        (await browser.Submit("/account/applications", new { }, app.ClientId)).ShouldLeadTo("/account/applications");

        (await app.Ask(browser)).ShouldLeadTo("/account/consent");
        (await browser.Get("/account/applications")).Text.ShouldContain("No application acts for you");
    }

    [Fact]
    public async Task A_program_that_asks_nobody_acts_for_people_in_its_tenant_alone_and_for_nothing_of_their_own()
    {
        var network = await api.NewNetwork();
        var umbrella = new Tenant(api, network, network.Slug, network.Id) { Admin = network.Admin };
        var person = await umbrella.NewPerson("network-admin", "tenant-admin");
        var silent = await RelyingParty.New(umbrella);
        var tokens = await silent.SignIn(person);
        foreach (var granted in (System.Text.Json.JsonElement[])[tokens, await silent.Refresh(tokens.Text("refresh_token"))])
        {
            var claims = granted.Text("access_token").Claims();
            (claims["only_here"]?.GetValue<bool>(), claims["roles"]!.AsArray().Select(r => r!.GetValue<string>()).Single()).ShouldBe((true, "tenant-admin"));
            var me = person.Api(granted);
            await me.Get("/members").Ok();
            await me.Get("/me/export").Problem(403, "own-sign-in-needed");
            await me.Post("/me/erasure").Problem(403, "own-sign-in-needed");
            await me.Get("/network/people").Problem(403, "permission-missing");
        }

        var asking = await RelyingParty.New(umbrella, new { requireConsent = true });
        var agreed = await asking.SignIn(person);
        await person.Api(agreed).Get("/me/export").Ok();
        await person.Api(await asking.Refresh(agreed.Text("refresh_token"))).Get("/network/people").Ok();
    }

    [Fact]
    public async Task Nobody_ends_the_access_that_somebody_else_has_given()
    {
        var tenant = await api.NewTenant();
        var (victim, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var app = await RelyingParty.New(tenant, new { name = "The victim's" });
        var tokens = await app.SignIn(victim);
        var own = await RelyingParty.New(tenant, new { name = "Their own" });
        var browser = await other.SignedIn();
        await own.Code(browser);

        var page = await browser.Get("/account/applications");
        page.Text.ShouldNotContain("The victim's");
        (await browser.Submit(page, new { client = app.ClientId }, own.ClientId)).ShouldLeadTo("/account/applications");

        (await api.TryToken(tokens.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        await app.Refresh(tokens.Text("refresh_token"));
    }
}
