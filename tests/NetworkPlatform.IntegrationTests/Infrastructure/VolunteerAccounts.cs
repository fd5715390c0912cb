namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Volunteers who act for themselves: their record linked to an account, and a token that the account was given.</summary>
public static class VolunteerAccounts
{
    public static async Task<ApiClient> AsThemselves(this Tenant tenant, Guid volunteerId)
    {
        var person = await tenant.NewPerson("volunteer");
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteerId}/account", new { accountId = person.Id }).NoContent();
        return await person.Api();
    }

    /// <summary>A person with these roles who is no volunteer's account; with the role volunteer and no other where none is given.</summary>
    public static async Task<ApiClient> AsAccount(this Tenant tenant, params string[] roles) => await (await tenant.NewPerson(roles)).Api();
}
