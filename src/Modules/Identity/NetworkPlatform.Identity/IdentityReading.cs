namespace NetworkPlatform.Identity;

internal static class IdentityReading
{
    /// <summary>Reads behind the tenant's wall, whichever tenant the request is for, or none.</summary>
    internal static Task<T> Read<T>(this TenantScopes scopes, TenantInfo tenant, Func<IdentityDbContext, Task<T>> read, CancellationToken cancellationToken) => scopes.RunAs(tenant, services =>
    {
        var db = services.GetRequiredService<IdentityDbContext>();
        return db.Read(() => read(db), cancellationToken);
    });
}
