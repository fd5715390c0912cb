using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Tenancy.Networks;

namespace NetworkPlatform.Api;

/// <summary>Founds a network, which no request may do: its umbrella and a first API client for the umbrella's network administrator.</summary>
public static class NetworkFounding
{
    /// <returns>The umbrella, and the client's id and secret.</returns>
    /// <exception cref="InvalidOperationException">The slug is in use.</exception>
    public static async Task<(TenantInfo Umbrella, string ClientId, string ClientSecret)> FoundAsync(
        IServiceProvider services, string slug, string name, string culture, string timeZone, string currency)
    {
        var id = Guid.CreateVersion7();
        var umbrella = new TenantInfo(id, slug, name, NetworkId: id, IsSuspended: false, culture, timeZone, currency) { IsUmbrella = true };
        var scopes = services.GetRequiredService<TenantScopes>();
        await scopes.SendOrThrow(umbrella, new FoundNetwork.Command());
        var client = await scopes.SendOrThrow(umbrella, new CreateClient.Command("Network administration", [Roles.NetworkAdmin, Roles.TenantAdmin]));
        return (umbrella, client.ClientId, client.ClientSecret!);
    }

    /// <summary>Gives somebody an account with a password, which no request may either: people are invited.</summary>
    /// <returns>The person's id.</returns>
    /// <exception cref="InvalidOperationException">There is no such tenant, or the account is refused.</exception>
    public static async Task<Guid> RegisterPersonAsync(IServiceProvider services, string tenant, string email, string name, string password, IReadOnlyList<string> roles, Guid? volunteerId = null)
    {
        var found = await services.GetRequiredService<ITenantStore>().GetByIdentifierAsync(tenant, CancellationToken.None) ?? throw new InvalidOperationException($"There is no tenant '{tenant}'.");
        var person = await services.GetRequiredService<TenantScopes>().SendOrThrow(found, new RegisterPerson.Command(email, name, password, roles, volunteerId));
        return person.PersonId;
    }
}
