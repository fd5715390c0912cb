using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>Every table of every module, on both databases: led by its tenant, or shared for a stated reason.</summary>
public sealed class TenantWallTests
{
    public static TheoryData<string, string> Models => [.. Solution.Contexts.SelectMany(c => Solution.Databases.Select(d => (c.Schema, d.Name)))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_entity_belongs_to_a_tenant_or_says_why_not(string schema, string database)
    {
        foreach (var entity in EntitiesOf(schema, database))
        {
            var shared = entity.ClrType.GetCustomAttribute<SharedAttribute>();
            if (entity.ClrType.IsAssignableTo(typeof(Entity)))
            {
                shared.ShouldBeNull(entity.Name);
                IsLedBy(entity, nameof(Entity.TenantId));
            }
            else
            {
                shared.ShouldNotBeNull(entity.Name).Reason.Length.ShouldBeGreaterThan(20);
                if (entity.ClrType.IsAssignableTo(typeof(NetworkEntity)))
                {
                    IsLedBy(entity, nameof(NetworkEntity.NetworkId));
                }
            }
        }
    }

    private static void IsLedBy(IEntityType entity, string owner)
    {
        entity.FindDeclaredQueryFilter(ModuleDbContext.TenantFilter).ShouldNotBeNull($"{entity.Name} has no filter");
        entity.GetKeys().ShouldAllBe(k => k.Properties[0].Name == owner, $"keys of {entity.Name}");
        entity.GetForeignKeys().ShouldAllBe(k => k.Properties[0].Name == owner, $"foreign keys of {entity.Name}");
        entity.GetIndexes().ShouldAllBe(i => i.Properties[0].Name == owner, $"indexes of {entity.Name}");
    }

    private static List<IEntityType> EntitiesOf(string schema, string database)
    {
        using var context = Solution.Open(Solution.Contexts.Single(c => c.Schema == schema), Solution.Databases.Single(d => d.Name == database));
        return [.. context.Model.GetEntityTypes().Where(e => !e.IsOwned())];
    }
}
