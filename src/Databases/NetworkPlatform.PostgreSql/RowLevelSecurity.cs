using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// The database's own wall between tenants, made from the model so that no table is forgotten. The tenant rule is restrictive (other policies cannot
/// widen it) beside one permissive policy (without which nothing is visible). FORCE holds it against the owner too, who runs these statements and sees the tenant that
/// it is bound to when it erases one. What is as it must be already is left alone: to change it would lock the table against everybody.
/// </summary>
internal static class RowLevelSecurity
{
    private static readonly Rule OfTenant = new("tenant_id", "app.tenant");
    private static readonly Rule OfNetwork = new("network_id", "app.network");

    internal static IEnumerable<string> Statements(IModel model, string application, string relay)
    {
        // Two that grant at once on the same schema fail over its row in the catalogue.
        yield return "SELECT pg_advisory_xact_lock(hashtextextended('walls', 0))";
        var tables = model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsTableExcludedFromMigrations()).ToList();
        foreach (var schema in tables.Select(t => t.GetSchema()!).Distinct(StringComparer.Ordinal))
        {
            yield return $"GRANT USAGE ON SCHEMA {schema} TO {Quote(application)}";
            if (schema == PlatformTables.Schema)
            {
                yield return $"GRANT USAGE ON SCHEMA {schema} TO {Quote(relay)}";
            }
        }

        foreach (var entity in tables)
        {
            var table = $"{entity.GetSchema()}.{entity.GetTableName()}";
            yield return $"REVOKE ALL ON {table} FROM {Quote(application)}, {Quote(relay)}";
            var walls = entity.ClrType == typeof(OutboxMessage) ? Outbox(table, Quote(application), Quote(relay)) : Table(entity.ClrType, table, Quote(application), Quote(relay));
            foreach (var statement in walls)
            {
                yield return statement;
            }
        }

        if (tables.Exists(t => t.ClrType == typeof(AbsentTenant)))
        {
            yield return Refusal.Function;
        }
    }

    private static IEnumerable<string> Table(Type type, string table, string application, string relay)
    {
        yield return $"GRANT {PlatformTables.ApplicationRights(type)} ON {table} TO {application}";
        var rule = typeof(Entity).IsAssignableFrom(type) ? OfTenant : typeof(NetworkEntity).IsAssignableFrom(type) ? OfNetwork : null;
        if (rule is null)
        {
            yield break;
        }

        yield return Enable(table);
        yield return Policy(table, "every_row", "PERMISSIVE", "ALL", [application, "CURRENT_USER"], "true", "true");
        yield return Policy(table, "own_rows", "RESTRICTIVE", "ALL", [application, "CURRENT_USER"], rule.Holds, rule.Holds);

        if (PlatformTables.RelayRights(type) is { } rights)
        {
            yield return $"GRANT {rights} ON {table} TO {relay}";
            yield return Policy(table, "relay", "PERMISSIVE", "ALL", [relay], "true", check: null);
        }
    }

    /// <summary>The application only adds its own tenant's messages and cannot read any; the relay does the rest.</summary>
    private static IEnumerable<string> Outbox(string table, string application, string relay)
    {
        yield return $"GRANT {PlatformTables.ApplicationRights(typeof(OutboxMessage))} ON {table} TO {application}";
        yield return $"GRANT {PlatformTables.RelayRights(typeof(OutboxMessage))} ON {table} TO {relay}";
        yield return Enable(table);
        yield return Policy(table, "own_rows", "PERMISSIVE", "INSERT", [application], sees: null, OfTenant.Holds);
        yield return Policy(table, "erasing", "PERMISSIVE", "ALL", ["CURRENT_USER"], OfTenant.Holds, check: null);
        yield return Policy(table, "relay", "PERMISSIVE", "ALL", [relay], "true", check: null);
    }

    private static string Enable(string table) => Unless(
        $"SELECT FROM pg_class WHERE oid = '{table}'::regclass AND relrowsecurity AND relforcerowsecurity",
        $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY");

    private static string Policy(string table, string name, string kind, string command, string[] roles, string? sees, string? check)
    {
        var rules = (sees is null ? "" : $" USING ({sees})") + (check is null ? "" : $" WITH CHECK ({check})");
        return Unless(
            $"""
            SELECT FROM pg_policies WHERE format('%s.%s', schemaname, tablename) = '{table}' AND policyname = '{name}' AND permissive = '{kind}' AND cmd = '{command}'
                AND roles = ARRAY(SELECT DISTINCT rolname FROM pg_roles WHERE oid IN ({string.Join(", ", roles.Select(Oid))}) ORDER BY rolname)
                AND qual IS NOT DISTINCT FROM {Text(sees)} AND with_check IS NOT DISTINCT FROM {Text(check)}
            """,
            $"DROP POLICY IF EXISTS {name} ON {table}; CREATE POLICY {name} ON {table} AS {kind} FOR {command} TO {string.Join(", ", roles)}{rules}");
    }

    private static string Unless(string isSo, string change) => $"DO $walls$ BEGIN IF NOT EXISTS ({isSo}) THEN {change}; END IF; END $walls$";

    private static string Oid(string role) => role == "CURRENT_USER" ? "quote_ident(CURRENT_USER)::regrole" : $"'{role.Replace("'", "''", StringComparison.Ordinal)}'::regrole";

    /// <summary>An expression as the catalogue tells it; to it, true is a word and all else is in parentheses.</summary>
    private static string Text(string? expression) => expression is null ? "NULL" : expression == "true" ? "'true'" : $"'({expression.Replace("'", "''", StringComparison.Ordinal)})'";

    private static string Quote(string role) => $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Which rows are a tenant's or a network's.</summary>
    private sealed record Rule(string Column, string Setting)
    {
        /// <summary>
        /// By itself: a subquery would be set up anew for each table of each statement, and an index looks the setting up once anyway. Written as the catalogue tells it, to be compared.
        /// </summary>
        internal string Holds => $"{Column} = (NULLIF(current_setting('{Setting}'::text, true), ''::text))::uuid";
    }
}
