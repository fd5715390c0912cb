namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Volunteers who act for themselves: their record linked to an account, and a token of that account, for which somebody has signed in.</summary>
public static class VolunteerAccounts
{
    public static async Task<ApiClient> AsThemselves(this Tenant tenant, Guid volunteerId)
    {
        var person = await tenant.NewPerson();
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteerId}/account", new { accountId = person.Id }).NoContent();
        return await person.Api();
    }

    /// <summary>Somebody who is no volunteer, with these roles; with the role volunteer and no other where none is given.</summary>
    public static async Task<ApiClient> AsSomebody(this Tenant tenant, params string[] roles) => await (await tenant.NewPerson(roles)).Api();
}
