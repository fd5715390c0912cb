using MediatR;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Api;

internal static class HostCommands
{
    /// <summary>A command or query that the host itself sends for a tenant: nobody waits for a problem, so a refusal ends what was begun.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    internal static async Task<T> SendOrThrow<T>(this TenantScopes scopes, TenantInfo tenant, IRequest<Result<T>> request)
        where T : notnull
    {
        var result = await scopes.Send(tenant, request);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException(result.Error.Detail);
    }
}
