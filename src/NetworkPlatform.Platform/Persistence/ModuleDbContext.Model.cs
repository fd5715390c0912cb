using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Privacy;

namespace NetworkPlatform.Platform.Persistence;

/// <content>How the model is made: the module maps its tables, and each is given its keys, names and filters here.</content>
public abstract partial class ModuleDbContext
{
    private static readonly MethodInfo HideErased = typeof(ModuleDbContext).GetMethod(nameof(AddErasedFilter), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo FilterByChapter = typeof(ModuleDbContext).GetMethod(nameof(AddChapterFilter), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo FilterByTenant = typeof(ModuleDbContext).GetMethod(nameof(AddTenantFilter), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo FilterByNetwork = typeof(ModuleDbContext).GetMethod(nameof(AddNetworkFilter), BindingFlags.NonPublic | BindingFlags.Instance)!;

    protected abstract string Schema { get; }

    protected abstract void Map(ModelBuilder model);

    /// <summary>Types of the module that are values in a column, and how each is stored.</summary>
    protected virtual void MapValues(ModelConfigurationBuilder values)
    {
    }

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        PlatformTables.Map(modelBuilder, owned: this is PlatformDbContext);
        Map(modelBuilder);

        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => !e.IsOwned()).ToList())
        {
            Isolate(modelBuilder, entity);
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) is { IsEnum: true } named)
                {
                    property.SetValueConverter(typeof(KebabCaseEnum<>).MakeGenericType(named));
                    property.SetMaxLength(40);
                }
            }
        }
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<decimal>().HavePrecision(19, 4);

        // Instants are stored in UTC; the zone that matters to people is a column of its own.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        MapValues(configurationBuilder);
    }

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Isolate(ModelBuilder model, IMutableEntityType entity)
    {
        var type = entity.ClrType;
        if (typeof(Entity).IsAssignableFrom(type))
        {
            model.Entity(type).HasKey(nameof(Entity.TenantId), nameof(Entity.Id));
            model.Entity(type).Property(nameof(Entity.Version)).IsConcurrencyToken();
            FilterByTenant.MakeGenericMethod(type).Invoke(this, [model]);
            if (typeof(IOfChapter).IsAssignableFrom(type))
            {
                FilterByChapter.MakeGenericMethod(type).Invoke(this, [model]);
            }

            if (typeof(IErasable).IsAssignableFrom(type))
            {
                HideErased.MakeGenericMethod(type).Invoke(null, [model]);
            }
        }
        else if (type.GetCustomAttribute<SharedAttribute>() is null)
        {
            throw new InvalidOperationException($"{type.Name} is neither an Entity of one tenant nor marked [Shared] with a reason.");
        }
        else if (typeof(NetworkEntity).IsAssignableFrom(type))
        {
            model.Entity(type).HasKey(nameof(NetworkEntity.NetworkId), nameof(NetworkEntity.Id));
            FilterByNetwork.MakeGenericMethod(type).Invoke(this, [model]);
        }
    }

    private void AddTenantFilter<T>(ModelBuilder model)
        where T : Entity
    {
        Expression<Func<T, bool>> filter = e => e.TenantId == TenantId;
        model.Entity<T>().HasQueryFilter(TenantFilter, filter);
    }

    private void AddChapterFilter<T>(ModelBuilder model)
        where T : Entity, IOfChapter
    {
        Expression<Func<T, bool>> filter = e => !IsLimitedToChapters || AllowedChapters.Contains(e.ChapterId);
        model.Entity<T>().HasQueryFilter(ChapterFilter, filter);
    }

    private static void AddErasedFilter<T>(ModelBuilder model)
        where T : Entity, IErasable
    {
        Expression<Func<T, bool>> filter = e => e.ErasedAt == null;
        model.Entity<T>().HasQueryFilter(ErasedFilter, filter);
    }

    private void AddNetworkFilter<T>(ModelBuilder model)
        where T : NetworkEntity
    {
        Expression<Func<T, bool>> filter = e => e.NetworkId == NetworkId;
        model.Entity<T>().HasQueryFilter(TenantFilter, filter);
    }
}
