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
}
