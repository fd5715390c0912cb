using MediatR;
using NetworkPlatform.Platform.Privacy;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Api;

/// <summary>
/// Carries out again every erasure that has left a tombstone, module by module: after a backup was restored, and before anybody is served from it. Safe to run again. Who has joined
/// a tenant again since they were erased there is left alone in it: the backup is of after the erasure, and what they have there now came later.
/// </summary>
public static class ErasureReplay
{
    /// <exception cref="InvalidOperationException">There is no folder of tombstones, or some erasure was not carried out everywhere. The others were.</exception>
    public static async Task RunAsync(IServiceProvider services, Action<string> report, CancellationToken cancellationToken)
    {
        var (tenants, scopes) = (services.GetRequiredService<ITenantStore>(), services.GetRequiredService<TenantScopes>());
        List<string> failed = [];
        foreach (var tombstone in services.GetRequiredService<Tombstones>().ReadAll())
        {
            if (await tenants.GetAsync(tombstone.TenantId, cancellationToken) is not { } tenant)
            {
                report($"{tombstone.ErasureId}: there is no tenant {tombstone.TenantId} any more");
                continue;
            }

            if (tombstone.IsOfTenant)
            {
                failed.Add($"{tenant.Identifier} was erased as a whole and is back; suspend it and erase it again");
                report($"{tenant.Identifier} was erased as a whole and is back");
                continue;
            }

            // One that was for every tenant has left a tombstone in each.
            var order = new ErasureOrder(tombstone.ErasureId, tombstone.Ids, Everywhere: false);
            try
            {
                var isDue = await scopes.RunAs(tenant, scope => Erase(scope, order, tombstone.At, cancellationToken));
                report(isDue ? $"{tombstone.ErasureId}: {tombstone.Ids.Count} id(s) erased again in {tenant.Identifier}" : $"{tombstone.ErasureId}: who was erased has joined {tenant.Identifier} again since");
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be must not keep the others from it.
                failed.Add($"{tombstone.ErasureId}: {exception.Message}");
                report($"{tombstone.ErasureId}: not erased again in {tenant.Identifier}");
            }
        }

        if (failed.Count > 0)
        {
            throw new InvalidOperationException($"{failed.Count} erasure(s) failed: {string.Join("; ", failed)}");
        }
    }

    /// <returns>False where nothing is to be erased again.</returns>
    private static async Task<bool> Erase(IServiceProvider scope, ErasureOrder order, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<IPersonalData> modules = [.. scope.GetServices<IPersonalData>()];
        foreach (var module in modules)
        {
            if (await module.HaveReturned(order.Ids, at, cancellationToken))
            {
                return false;
            }
        }

        foreach (var module in modules)
        {
            var result = await scope.GetRequiredService<IMediator>().Send(module.Erasure(order), cancellationToken);
            if (!result.IsSuccess)
            {
                throw new InvalidOperationException($"{module.GetType().FullName}: {result.Error.Detail}");
            }
        }

        return true;
    }
}
