using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Privacy;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Deletes all that is stored of a suspended tenant, its ledger and its audit included, module by module and the tenant itself last: what is cut short is finished by running it again. Only that there is no such tenant is kept, by its id.</summary>
public static class TenantErasure
{
    /// <exception cref="InvalidOperationException">There is no such tenant, it is not suspended, or it has members.</exception>
    public static async Task EraseAsync(IServiceProvider services, string identifier, Action<string> report, CancellationToken cancellationToken)
    {
        var tenant = await services.GetRequiredService<ITenantStore>().GetByIdentifierAsync(identifier, cancellationToken);
        if (tenant is not { IsSuspended: true })
        {
            throw new InvalidOperationException(tenant is null ? $"There is no tenant '{identifier}'." : $"'{identifier}' is not suspended. Suspend it first, so that nothing is written meanwhile.");
        }

        // Tenancy, which comes last, would find it out when all the rest is gone.
        var network = await services.GetRequiredService<ITenantStore>().GetNetworkAsync(tenant.NetworkId, cancellationToken);
        if (network.Any(t => t.Ancestors.Contains(tenant.Identifier, StringComparer.Ordinal)))
        {
            throw new InvalidOperationException($"'{identifier}' has members. Erase these first.");
        }

        // What is under way for it ends first, and nothing begins any more, here or on a node that still knows it.
        var move = new TenantMove(services, tenant, report);
        await move.CloseAsync(null, cancellationToken);
        if (tenant.Database is { } own)
        {
            await move.CloseAsync(own, cancellationToken);
        }

        report("closed to requests and messages");
        services.GetRequiredService<Tombstones>().Write(Tombstone.OfTenant(tenant.Id, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        foreach (var module in services.GetServices<ModuleContext>().Reverse())
        {
            if (module.Plane == Plane.Both && tenant.Database is not null)
            {
                await EraseAsync(services, module, tenant, tenant.Database, report, cancellationToken);
            }

            await EraseAsync(services, module, tenant, module.Plane == Plane.Tenant ? tenant.Database : null, report, cancellationToken);
        }
    }

    /// <summary>Deletes the module's rows of the tenant in one database.</summary>
    internal static async Task EraseAsync(
        IServiceProvider services, ModuleContext module, TenantInfo tenant, TenantDatabase? at, Action<string> report, CancellationToken cancellationToken)
    {
        var connections = services.GetRequiredService<Connections>();
        await using var context = Open(services, module, tenant, connections.Owner(at));
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await EraseRowsAsync(services, module, context, tenant, at, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (module.Plane == Plane.Both)
        {
            // Not every database shows the outbox to its owner.
            await using var relay = Open(services, module, tenant, connections.Relay(at));
            deleted += await relay.Set<OutboxMessage>().Where(m => m.TenantId == tenant.Id).ExecuteDeleteAsync(cancellationToken);
        }

        report($"{module.Schema}: {deleted} row(s) deleted");
    }

    [SuppressMessage("Security", "EF1002", Justification = "Table names come from our own model.")]
    internal static async Task<int> EraseRowsAsync(
        IServiceProvider services, ModuleContext module, ModuleDbContext context, TenantInfo tenant, TenantDatabase? at, CancellationToken cancellationToken)
    {
        var deleted = await context.EraseShared(Neighbours(services, module, tenant, at, cancellationToken), cancellationToken);
        foreach (var table in TenantTables.PrincipalsFirst(context).Reverse())
        {
            deleted += await context.Database.ExecuteSqlRawAsync($"DELETE FROM {table.Name} WHERE tenant_id = {{0}}", [tenant.Id], cancellationToken);
        }

        return deleted;
    }

    /// <summary>A context that is bound to the tenant on the given connection, wherever the tenant is served.</summary>
    internal static ModuleDbContext Open(IServiceProvider services, ModuleContext module, TenantInfo tenant, string connectionString)
    {
        var context = module.Create(services.GetRequiredService<IDatabase>(), connectionString);
        context.Database.SetCommandTimeout(0); // an operator waits for what takes long
        var bound = new TenantContext();
        bound.Resolve(tenant);
        context.Bind(bound, followsTenant: false);
        return context;
    }

    private static async IAsyncEnumerable<ModuleDbContext> Neighbours(
        IServiceProvider services, ModuleContext module, TenantInfo tenant, TenantDatabase? at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var neighbour in await services.GetRequiredService<ITenantStore>().GetNetworkAsync(tenant.NetworkId, cancellationToken))
        {
            if (neighbour.Id != tenant.Id && neighbour.Database == at)
            {
                await using var context = Open(services, module, neighbour, services.GetRequiredService<Connections>().Owner(at));
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                yield return context;
            }
        }
    }
}
