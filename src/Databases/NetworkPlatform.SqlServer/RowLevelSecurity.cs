using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.SqlServer;

/// <summary>
/// The database's own wall between tenants, made from the model so that no table is forgotten: one security policy a module, whose predicates are functions
/// in a schema of their own. It holds against the owner too; only the server's administrators, who could take it down anyway, see past it.
/// </summary>
internal static class RowLevelSecurity
{
    private const string Walls = "walls";
    private const string Administrator = "IS_SRVROLEMEMBER(N'sysadmin') = 1";

    private static readonly string[] EveryWrite = ["AFTER INSERT", "AFTER UPDATE", "BEFORE UPDATE", "BEFORE DELETE"];

    /// <summary>Each statement is a batch by itself, as T-SQL asks of CREATE FUNCTION; together they are one transaction.</summary>
    internal static IEnumerable<string> Statements(IModel model, string relay)
    {
        var schema = model.GetDefaultSchema()!;
        var predicates = Tables(model).SelectMany(e => Predicates(e, schema)).ToList();

        // Whoever migrates at the same moment waits here.
        yield return $"EXEC sp_getapplock @Resource = N'{Walls}', @LockMode = 'Exclusive'";
        yield return $"IF SCHEMA_ID(N'{Walls}') IS NULL EXEC (N'CREATE SCHEMA {Walls}')";
        yield return $"DROP SECURITY POLICY IF EXISTS {Walls}.[{schema}]";
        foreach (var (name, column, rule) in Functions(relay))
        {
            yield return $"DROP FUNCTION IF EXISTS {Walls}.{schema}_{name}";
            if (predicates.Exists(p => p.Contains($"{Walls}.{schema}_{name}(", StringComparison.Ordinal)))
            {
                yield return $"CREATE FUNCTION {Walls}.{schema}_{name} (@{column} uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN SELECT 1 AS visible WHERE {rule} OR {Administrator}";
            }
        }

        if (predicates.Count > 0)
        {
            yield return $"CREATE SECURITY POLICY {Walls}.[{schema}] {string.Join(", ", predicates)} WITH (STATE = ON, SCHEMABINDING = ON)";
        }
    }

    /// <summary>For a migration that changes rows: the owner sees them only while the module's wall is down. Others wait until it stands again.</summary>
    internal static void SqlBehindTheWall(this MigrationBuilder migration, string schema, params string[] statements)
    {
        foreach (var statement in (string[])[Stand("OFF"), .. statements, Stand("ON")])
        {
            migration.Sql(statement);
        }

        string Stand(string state) => $"IF OBJECT_ID(N'{Walls}.{schema}') IS NOT NULL EXEC (N'ALTER SECURITY POLICY {Walls}.[{schema}] WITH (STATE = {state})')";
    }

    /// <summary>What the application's user needs and no more. Run again, it begins anew.</summary>
    internal static IEnumerable<string> ApplicationRights(IModel model, string user, bool walled)
    {
        foreach (var entity in Tables(model))
        {
            var rights = PlatformTables.ApplicationRights(entity.ClrType);
            yield return $"REVOKE ALL ON {Name(entity)} FROM {Quote(user)}";
            yield return $"GRANT {rights} ON {Name(entity)} TO {Quote(user)}";
            if (walled && rights.Contains("UPDATE", StringComparison.Ordinal) && OwnerColumn(entity.ClrType) is { } owner)
            {
                yield return $"DENY UPDATE ON {Name(entity)} ({owner}) TO {Quote(user)}";
            }
        }
    }

    internal static IEnumerable<string> RelayRights(IModel model, string user)
    {
        foreach (var entity in Tables(model))
        {
            yield return $"REVOKE ALL ON {Name(entity)} FROM {Quote(user)}";
            if (PlatformTables.RelayRights(entity.ClrType) is { } rights)
            {
                yield return $"GRANT {rights} ON {Name(entity)} TO {Quote(user)}";
            }
        }
    }

    private static IEnumerable<string> Predicates(IEntityType entity, string schema)
    {
        if (entity.ClrType == typeof(OutboxMessage))
        {
            // The application only adds its own tenant's messages and cannot read any; the relay does the rest.
            return [Predicate("FILTER", "relay", "tenant_id"), Predicate("BLOCK", "tenant", "tenant_id") + " AFTER INSERT"];
        }

        if (OwnerColumn(entity.ClrType) is not { } owner)
        {
            return [];
        }

        var rule = PlatformTables.RelayRights(entity.ClrType) is not null ? "tenant_or_relay" : owner == "network_id" ? "network" : "tenant";
        return [Predicate("FILTER", rule, owner), .. EveryWrite.Select(write => $"{Predicate("BLOCK", rule, owner)} {write}")];

        string Predicate(string kind, string name, string column) => $"ADD {kind} PREDICATE {Walls}.{schema}_{name}({column}) ON {Name(entity)}";
    }

    /// <summary>The relay is known by its database user, which nobody can put on, unlike a key of the session's context.</summary>
    private static (string Name, string Column, string Rule)[] Functions(string relay)
    {
        const string CurrentTenant = "@tenant_id = CAST(SESSION_CONTEXT(N'tenant_id') AS uniqueidentifier)";
        const string CurrentNetwork = "@network_id = CAST(SESSION_CONTEXT(N'network_id') AS uniqueidentifier)";
        var isRelay = $"USER_NAME() = N'{relay.Replace("'", "''", StringComparison.Ordinal)}'";
        return
        [
            ("tenant", "tenant_id", CurrentTenant),
            ("network", "network_id", CurrentNetwork),
            ("tenant_or_relay", "tenant_id", $"{CurrentTenant} OR {isRelay}"),
            ("relay", "tenant_id", isRelay),
        ];
    }

    private static IEnumerable<IEntityType> Tables(IModel model) => model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsTableExcludedFromMigrations());

    private static string? OwnerColumn(Type type) =>
        typeof(Entity).IsAssignableFrom(type) ? "tenant_id" : typeof(NetworkEntity).IsAssignableFrom(type) ? "network_id" : null;

    // One schema's name, identity, is a word of T-SQL.
    private static string Name(IEntityType entity) => $"[{entity.GetSchema()}].[{entity.GetTableName()}]";

    private static string Quote(string user) => $"[{user.Replace("]", "]]", StringComparison.Ordinal)}]";
}
