using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>A table of tenants' rows, as the database knows it.</summary>
internal sealed record TenantTable(string Name, IReadOnlyList<string> Columns, Type Holds);

/// <summary>Which tables of a context hold tenants' rows.</summary>
internal static class TenantTables
{
    /// <summary>The context's own ones, each after those that it refers to.</summary>
    internal static IReadOnlyList<TenantTable> PrincipalsFirst(ModuleDbContext context)
    {
        var left = context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(e => typeof(Entity).IsAssignableFrom(e.ClrType) && !e.IsTableExcludedFromMigrations()).ToList();
        List<TenantTable> ordered = [];
        while (left.Count > 0)
        {
            var next = left.First(e => !e.GetForeignKeys().Any(k => k.PrincipalEntityType != e && left.Contains(k.PrincipalEntityType)));
            left.Remove(next);
            ordered.Add(Of(next));
        }

        return ordered;
    }

    internal static TenantTable Of<T>(ModuleDbContext context) => Of(context.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(T))!);

    private static TenantTable Of(IEntityType entity)
    {
        var table = entity.GetTableMappings().Single().Table;
        return new TenantTable($"{table.Schema}.{table.Name}", [.. table.Columns.Select(c => c.Name).Order(StringComparer.Ordinal)], entity.ClrType);
    }
}
