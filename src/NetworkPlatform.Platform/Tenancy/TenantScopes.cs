using MediatR;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>Runs work for a tenant outside a request, in a service scope of its own.</summary>
public sealed class TenantScopes(IServiceScopeFactory scopes)
{
    public async Task<T> RunAs<T>(TenantInfo tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Resolve(tenant);
        return await work(scope.ServiceProvider);
    }

    /// <summary>One command or query, as if a request of the tenant's had sent it.</summary>
    public Task<T> Send<T>(TenantInfo tenant, IRequest<T> request, CancellationToken cancellationToken = default) =>
        RunAs(tenant, services => services.GetRequiredService<IMediator>().Send(request, cancellationToken));
}
