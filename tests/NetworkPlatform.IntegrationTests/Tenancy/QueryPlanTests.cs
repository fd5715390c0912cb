using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>The queries of everyday requests, as EF sends them, explained under the application's role among the rows of many other tenants.</summary>
public sealed class QueryPlanTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Everyday_queries_find_their_rows_by_indexes_led_by_the_tenant()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At());
        var volunteer = await tenant.NewVolunteer();
        await ManyOtherTenants();

        using var seen = new SeenCommands(api.Database.Settings["Database:ConnectionString"]);
        await tenant.SignUp(shift, volunteer).Created();
        await tenant.Admin.Get("/shifts?status=open").Ok();
        await tenant.Admin.Get($"/shifts/{shift.Id}").Ok();
        await tenant.Admin.Get("/volunteers").Ok();
        await tenant.Admin.Get($"/volunteers/{volunteer}/signups").Ok();
        await tenant.Admin.Get($"/volunteers/{volunteer}/load").Ok();
        await tenant.Admin.Get("/groups").Ok();
        await tenant.Admin.Get($"/groups/{shift.GroupId}/sessions").Ok();

        // The other modules' tables are small here, and small tables are rightly read whole.
        var queries = seen.QueriesOf(tenant.Id).FindAll(q => q.Sql.Contains("FROM rostering.", StringComparison.Ordinal) || q.Sql.Contains("FROM registry.", StringComparison.Ordinal));
        queries.Count.ShouldBeGreaterThan(6);
        foreach (var (sql, parameters) in queries)
        {
            var nodes = await Explain(tenant, sql, parameters);
            foreach (var node in nodes.Where(n => n.TryGetProperty("Relation Name", out _)))
            {
                var what = $"{node} in\n{sql}";
                (node.Text("Node Type") == "Seq Scan").ShouldBeFalse(what);
                if (node.TryGetProperty("Index Cond", out var condition))
                {
                    (condition.GetString()!.Contains("tenant_id", StringComparison.Ordinal) || condition.GetString()!.Contains("network_id", StringComparison.Ordinal)).ShouldBeTrue(what);
                }
            }
        }
    }

    /// <summary>Forty other tenants with 500 shifts, volunteers, sign-ups, groups and sessions each.</summary>
    private async Task ManyOtherTenants()
    {
        await using var connection = new NpgsqlConnection(api.Database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            CREATE TEMPORARY TABLE n AS SELECT n, md5((n % 40)::text)::uuid AS tenant, gen_random_uuid() AS id, gen_random_uuid() AS other, gen_random_uuid() AS person FROM generate_series(1, 20000) n;
            INSERT INTO rostering.network_volunteers (id, network_id, email_key) SELECT person, tenant, md5(n::text) FROM n;
            INSERT INTO rostering.volunteers (id, tenant_id, person_id, name, email, languages, version) SELECT id, tenant, person, 'x', 'x@example.org', '{}', 1 FROM n;
            INSERT INTO rostering.shifts (id, tenant_id, session_id, group_id, chapter_id, title, role, starts_at, ends_at, time_zone, places, taken, intensity, status, session_revision, version)
            SELECT id, tenant, other, other, other, 'x', 'facilitator', now() + make_interval(hours => n), now() + make_interval(hours => n + 1), 'Etc/UTC', 2, 1, 1, 'open', 1, 1 FROM n;
            INSERT INTO rostering.sign_ups (id, tenant_id, shift_id, volunteer_id, chapter_id, status, at, critical, experienced, version) SELECT other, tenant, id, id, other, 'confirmed', now(), false, false, 1 FROM n;
            INSERT INTO rostering.commitments (id, network_id, person_id, starts_at, ends_at, time_zone, intensity)
            SELECT other, tenant, person, now() + make_interval(hours => n), now() + make_interval(hours => n + 1), 'Etc/UTC', 1 FROM n;
            INSERT INTO rostering.policies (id, tenant_id, number, layer, at, version) SELECT id, tenant, n, '{}', now(), 1 FROM n;
            INSERT INTO rostering.network_policies (id, network_id, umbrella, number, layer, at) SELECT id, tenant, 'x', n, '{}', now() FROM n;
            INSERT INTO registry.groups SELECT (jsonb_populate_record(g, jsonb_build_object('id', n.id, 'tenant_id', n.tenant))).* FROM n, registry.groups g;
            INSERT INTO registry.meetings SELECT (jsonb_populate_record(m, jsonb_build_object('id', n.id, 'tenant_id', n.tenant, 'group_id', n.id))).* FROM n, registry.meetings m;
            INSERT INTO registry.sessions SELECT (jsonb_populate_record(s, jsonb_build_object('id', n.id, 'tenant_id', n.tenant, 'group_id', n.id, 'meeting_id', n.id))).* FROM n, registry.sessions s;
            ANALYZE;
            """, connection);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<JsonElement>> Explain(Tenant tenant, string sql, IReadOnlyList<NpgsqlParameter> parameters)
    {
        await using var connection = new NpgsqlConnection(api.Database.Settings["Database:ConnectionString"]);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var bind = new NpgsqlCommand($"SELECT set_config('app.tenant', '{tenant.Id}', true), set_config('app.network', '{tenant.Network.Id}', true)", connection);
        await bind.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand("EXPLAIN (FORMAT JSON) " + sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        var plan = (string)(await command.ExecuteScalarAsync())!;
        return [.. Nodes(JsonDocument.Parse(plan).RootElement[0].GetProperty("Plan"))];
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    /// <summary>Listens to the queries that the host in this process sends to one database.</summary>
    private sealed class SeenCommands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentBag<(string Sql, NpgsqlParameter[] Parameters)> commands = [];
        private readonly string? database;
        private readonly List<IDisposable> subscriptions = [];

        internal SeenCommands(string connection)
        {
            database = new NpgsqlConnectionStringBuilder(connection).Database;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        /// <summary>Without what travels ahead of them; each text once.</summary>
        internal List<(string Sql, NpgsqlParameter[] Parameters)> QueriesOf(Guid tenant) => [.. commands
            .Where(c => Array.Exists(c.Parameters, p => p.Value is Guid id && id == tenant))
            .Select(c => (Sql: c.Sql[(c.Sql.LastIndexOf("; ", StringComparison.Ordinal) + 1)..].Trim(), c.Parameters))
            .Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal))
            .DistinctBy(c => c.Sql, StringComparer.Ordinal)];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandEventData { Command: var command } && command.Connection?.Database == database)
            {
                commands.Add((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())]));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscriptions.ForEach(s => s.Dispose());
    }
}
