using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.SqlServer;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>What would be run on SQL Server, looked at without one.</summary>
public sealed partial class SqlServerWallTests
{
    private const string Owner = "Server=nowhere;User Id=owner;Password=none";
    private const string Application = "Server=nowhere;User Id=app;Password=none";
    private const string Relay = "Server=nowhere;User Id=re]l'ay;Password=none";

    public static TheoryData<string> Schemas => [.. Solution.Contexts.Select(c => c.Schema)];

    [Fact]
    public void Every_table_with_a_tenant_is_walled_off_and_every_other_is_known()
    {
        var statements = Schemas.SelectMany(s => Statements(s.Data)).ToList();
        var policies = string.Join('\n', statements.Where(s => s.StartsWith("CREATE SECURITY POLICY", StringComparison.Ordinal)));
        List<string> open = [];
        foreach (var table in Schemas.SelectMany(s => Tables(s.Data)))
        {
            var name = $"[{table.GetSchema()}].[{table.GetTableName()}]";
            if (!policies.Contains($" ON {name}", StringComparison.Ordinal))
            {
                open.Add($"{table.GetSchema()}.{table.GetTableName()}");
                continue;
            }

            Regex.Count(policies, $@"ADD FILTER PREDICATE walls\.\w+\((tenant|network)_id\) ON {Regex.Escape(name)}", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1, name);
            string[] writes = table.GetTableName() == "outbox_messages" ? ["AFTER INSERT"] : ["AFTER INSERT", "AFTER UPDATE", "BEFORE UPDATE", "BEFORE DELETE"];
            foreach (var write in writes)
            {
                Regex.Count(policies, $@"ADD BLOCK PREDICATE walls\.\w+\((tenant|network)_id\) ON {Regex.Escape(name)} {write}", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1, $"{name} {write}");
            }
        }

        open.Order(StringComparer.Ordinal).ShouldBe(["identity.data_protection_keys", "identity.signing_keys", "platform.absent_tenants", "tenancy.tenant_changes", "tenancy.tenants"]);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_statements_name_only_functions_that_they_make_and_may_run_again(string schema)
    {
        var statements = Statements(schema).ToList();

        var made = statements.Select(s => CreateFunction().Match(s)).Where(m => m.Success).Select(m => m.Groups["name"].Value).ToList();
        statements.SelectMany(s => Predicate().Matches(s)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ShouldBe(made, ignoreOrder: true);
        foreach (var (statement, index) in statements.Select((s, i) => (s, i)))
        {
            statement.ShouldNotContain("{", customMessage: "EF would take it for a parameter");
            statement.Count(c => c == '(').ShouldBe(statement.Count(c => c == ')'), statement);
            (statement.Replace("[re]]l'ay]", "", StringComparison.Ordinal).Count(c => c == '\'') % 2).ShouldBe(0, statement);
            if (CreateFunction().Match(statement) is { Success: true } function)
            {
                statements.IndexOf($"DROP FUNCTION IF EXISTS walls.{function.Groups["name"].Value}").ShouldBeInRange(0, index - 1);
            }
        }

        var drop = statements.IndexOf($"DROP SECURITY POLICY IF EXISTS walls.[{schema}]");
        drop.ShouldBeInRange(0, statements.FindIndex(s => s.StartsWith("DROP FUNCTION", StringComparison.Ordinal)), "a function cannot go while the policy uses it");
    }

    [Fact]
    public void The_application_may_do_what_it_does_on_postgresql_and_never_move_a_row()
    {
        var platform = Statements("platform").ToList();

        platform.ShouldContain(s => s == "GRANT INSERT ON [platform].[outbox_messages] TO [app]");
        platform.ShouldContain(s => s == "GRANT SELECT, INSERT ON [platform].[audit_entries] TO [app]");
        platform.ShouldContain(s => s == "GRANT SELECT, UPDATE, DELETE ON [platform].[outbox_messages] TO [re]]l'ay]");
        platform.ShouldContain(s => s == "GRANT SELECT, DELETE ON [platform].[inbox_messages] TO [re]]l'ay]");
        platform.ShouldContain(s => s.Contains("USER_NAME() = N're]l''ay'", StringComparison.Ordinal));
        Statements("tenancy").ShouldContain(s => s == "DENY UPDATE ON [tenancy].[chapters] (tenant_id) TO [app]");
        Statements("rostering").ShouldContain(s => s == "DENY UPDATE ON [rostering].[commitments] (network_id) TO [app]");
        Statements("tenancy").ShouldNotContain(s => s.Contains(" TO [re]", StringComparison.Ordinal));
    }

    [Fact]
    public void One_login_for_all_is_refused_behind_walls_and_needs_no_grants_without_them()
    {
        using var context = Open("platform", Owner);

        Should.Throw<InvalidOperationException>(() => new SqlServerDatabase().IsolationSql(context, Owner, Owner).ToList());
        Should.Throw<InvalidOperationException>(() => new SqlServerDatabase().IsolationSql(context, Relay, Relay).ToList());
        new SqlServerDatabase(rowLevelSecurity: false).IsolationSql(context, Owner, Owner).ShouldBeEmpty();
        new SqlServerDatabase(rowLevelSecurity: false).IsolationSql(context, Application, Relay)
            .ShouldAllBe(s => s.StartsWith("GRANT", StringComparison.Ordinal) || s.StartsWith("REVOKE", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_index_key_fits(string schema)
    {
        foreach (var index in Tables(schema).SelectMany(t => t.GetIndexes()))
        {
            index.Properties.Sum(Bytes).ShouldBeLessThanOrEqualTo(1700, index.GetDatabaseName());
        }

        static int Bytes(IProperty property) => (property.GetProviderClrType() ?? property.ClrType) switch
        {
            var type when type == typeof(string) || type.IsEnum => 2 * property.GetMaxLength().ShouldNotBeNull($"{property.Name} has no greatest length"),
            _ => 16,
        };
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_migration_changes_rows_while_the_walls_are_down_and_puts_them_up_again(string schema)
    {
        using var context = Open(schema, Owner);
        var script = context.GetService<IMigrator>().GenerateScript();

        foreach (Match change in ChangeOfRows().Matches(script))
        {
            AreDownAfter(script[..change.Index]).ShouldBe(1, change.Value);
        }

        AreDownAfter(script).ShouldBe(0);

        int AreDownAfter(string statements) =>
            statements.Split($"ALTER SECURITY POLICY walls.[{schema}] WITH (STATE = OFF)").Length - statements.Split($"ALTER SECURITY POLICY walls.[{schema}] WITH (STATE = ON)").Length;
    }

    /// <summary>The list of tenants is behind no wall.</summary>
    [GeneratedRegex(@"^[ \t]*(UPDATE|DELETE) (?!tenancy\.tenants ).*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ChangeOfRows();

    [GeneratedRegex(@"^CREATE FUNCTION walls\.(?<name>\w+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreateFunction();

    [GeneratedRegex(@"PREDICATE walls\.(?<name>\w+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Predicate();

    private static ModuleDbContext Open(string schema, string connection) => Solution.Contexts.Single(c => c.Schema == schema).Create(new SqlServerDatabase(), connection);

    private static List<string> Statements(string schema)
    {
        using var context = Open(schema, Owner);
        return [.. new SqlServerDatabase().IsolationSql(context, Application, Relay)];
    }

    private static List<IEntityType> Tables(string schema)
    {
        using var context = Open(schema, Owner);
        return [.. context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(e => !e.IsTableExcludedFromMigrations())];
    }
}
