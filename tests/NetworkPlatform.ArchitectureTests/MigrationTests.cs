using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>Both databases follow the model from the first migration on.</summary>
public sealed class MigrationTests
{
    public static TheoryData<string, string> Models => TenantWallTests.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void The_migrations_make_the_model(string schema, string database)
    {
        using var context = Solution.Open(Solution.Contexts.Single(c => c.Schema == schema), Solution.Databases.Single(d => d.Name == database));

        context.Database.GetMigrations().ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse($"Run infra/scripts/add-migration.sh {schema} NAME");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void An_idempotent_script_is_generated(string schema, string database)
    {
        using var context = Solution.Open(Solution.Contexts.Single(c => c.Schema == schema), Solution.Databases.Single(d => d.Name == database));

        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        foreach (var table in context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(e => !e.IsTableExcludedFromMigrations()).Select(e => e.GetTableName()!))
        {
            script.ShouldContain(database == "sqlserver" ? $"CREATE TABLE [{schema}].[{table}]" : $"CREATE TABLE {schema}.{table}");
        }

        script.ShouldNotContain("MERGE ");
    }
}
