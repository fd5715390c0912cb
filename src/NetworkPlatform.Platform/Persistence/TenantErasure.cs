using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Deletes all that is stored of a suspended tenant, its ledger and its audit included, module by module and the tenant itself last: what is cut short is finished by running it again.</summary>
public static class TenantErasure
{
    /// <exception cref="InvalidOperationException">There is no such tenant, or it is not suspended.</exception>
    [SuppressMessage("Security", "EF1002", Justification = "Table names come from our own model.")]
    public static async Task EraseAsync(IServiceProvider services, string identifier, Action<string> report, CancellationToken cancellationToken)
    {
        var tenant = await services.GetRequiredService<ITenantStore>().GetByIdentifierAsync(identifier, cancellationToken);
        if (tenant is not { IsSuspended: true })
        {
            throw new InvalidOperationException(tenant is null ? $"There is no tenant '{identifier}'." : $"'{identifier}' is not suspended. Suspend it first, so that nothing is written meanwhile.");
        }

        var owner = services.GetRequiredService<IConfiguration>().Require("Database:OwnerConnectionString");
        var bound = new TenantContext();
        bound.Resolve(tenant);
        foreach (var module in services.GetServices<ModuleContext>().Reverse())
        {
            await using var context = module.Create(services.GetRequiredService<IDatabase>(), owner);
            context.Bind(bound);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var deleted = await context.EraseShared(cancellationToken);
            foreach (var table in DependentsFirst(context.GetService<IDesignTimeModel>().Model))
            {
                deleted += await context.Database.ExecuteSqlRawAsync($"DELETE FROM {table} WHERE tenant_id = {{0}}", [tenant.Id], cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            report($"{module.Schema}: {deleted} row(s) deleted");
        }
    }

    /// <summary>The context's own tables that hold tenants' rows, each before those that it refers to.</summary>
    private static IEnumerable<string> DependentsFirst(IModel model)
    {
        var left = model.GetEntityTypes()
            .Where(e => (typeof(Entity).IsAssignableFrom(e.ClrType) || e.ClrType == typeof(OutboxMessage)) && !e.IsTableExcludedFromMigrations()).ToList();
        while (left.Count > 0)
        {
            var next = left.First(e => left.TrueForAll(other => other == e || !other.GetForeignKeys().Any(k => k.PrincipalEntityType == e)));
            left.Remove(next);
            yield return $"{next.GetSchema()}.{next.GetTableName()}";
        }
    }
}
