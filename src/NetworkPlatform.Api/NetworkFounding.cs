using MediatR;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Results;
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
        _ = await Send(scopes, umbrella, new FoundNetwork.Command());
        var client = await Send(scopes, umbrella, new CreateClient.Command("Network administration", [Roles.NetworkAdmin, Roles.TenantAdmin]));
        return (umbrella, client.ClientId, client.ClientSecret!);
    }

    private static async Task<T> Send<T>(TenantScopes scopes, TenantInfo tenant, IRequest<Result<T>> command)
        where T : notnull
    {
        var result = await scopes.RunAs(tenant, services => services.GetRequiredService<IMediator>().Send(command));
        return result.IsSuccess ? result.Value : throw new InvalidOperationException(result.Error.Detail);
    }
}
