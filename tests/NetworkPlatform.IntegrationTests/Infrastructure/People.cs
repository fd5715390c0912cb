using System.Net.Http.Headers;
using System.Text.Json;
using NetworkPlatform.Api;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Somebody with an account, as a test knows them.</summary>
public sealed record Somebody(Tenant Tenant, Guid Id, string Email, string Password)
{
    /// <summary>A browser in which they are signed in.</summary>
    public async Task<Browser> SignedIn(string? at = null)
    {
        var browser = new Browser(Tenant.Fixture, at ?? Tenant.Slug);
        (await browser.SignIn(Email, Password)).ShouldLeadTo("/account");
        return browser;
    }

    /// <summary>The API by an access token of their own, through a program that they have agreed to.</summary>
    public async Task<ApiClient> Api() => Api(await (await RelyingParty.New(Tenant, new { requireConsent = true })).SignIn(this));

    /// <summary>The API by such tokens.</summary>
    public ApiClient Api(JsonElement tokens)
    {
        var http = Tenant.Fixture.Host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Text("access_token"));
        return new ApiClient(http);
    }
}

public static class People
{
    /// <summary>The person's membership, as the tenant lists it.</summary>
    public static async Task<JsonElement> MembershipOf(this Tenant tenant, Somebody person) =>
        (await tenant.Admin.All("/members")).Single(m => m.GetProperty("personId").GetGuid() == person.Id);

    public const string Password = "four plums on a ladder";

    /// <summary>A member with a password, as the host itself makes them.</summary>
    public static async Task<Somebody> NewPerson(this Tenant tenant, params string[] roles)
    {
        var email = $"noa-{Guid.NewGuid():N}@example.org";
        var id = await NetworkFounding.RegisterPersonAsync(tenant.Fixture.Host.Services, tenant.Slug, email, "Noa Levi", Password, roles.Length > 0 ? roles : ["volunteer"]);
        return new Somebody(tenant, id, email, Password);
    }
}
