using System.Net;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Signing in with a password, over HTTP, without any script.</summary>
public sealed class SignInTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_person_signs_in_comes_back_to_where_they_were_sent_from_and_signs_out()
    {
        var person = await (await api.NewTenant()).NewPerson();
        var browser = new Browser(api, person.Tenant.Slug);
        var refused = await browser.Get("/account");
        refused.ShouldLeadTo("/account/sign-in");

        var back = await browser.Submit(refused.Location!, new { email = person.Email, password = person.Password });

        back.Status.ShouldBe(HttpStatusCode.SeeOther, back.Html);
        back.Location.ShouldBe($"/account?tenant={person.Tenant.Slug}");
        (await browser.Get("/account")).Text.ShouldContain(person.Email);

        (await browser.Submit("/account/sign-out", new { })).ShouldLeadTo("/account/sign-out");
        (await browser.Get("/account")).ShouldLeadTo("/account/sign-in");
    }

    [Fact]
    public async Task Signing_in_leads_nowhere_but_on_this_site()
    {
        var person = await (await api.NewTenant()).NewPerson();
        foreach (var elsewhere in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
        {
            var browser = new Browser(api, person.Tenant.Slug);
            (await browser.Submit($"/account/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}", new { email = person.Email, password = person.Password })).Location
                .ShouldBe($"/account?tenant={person.Tenant.Slug}", elsewhere);
        }
    }
}
