using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Copies a tenant's rows by binary COPY, straight from server to server. COPY FROM does not work under row-level security, so the rows come into a temporary table first.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "Names come from our own model, and the tenant's id is a UUID.")]
internal sealed class RowCopy(ModuleDbContext from, ModuleDbContext to, string table, IReadOnlyList<string> columns, Guid tenantId)
{
    private const string Arriving = "pg_temp.arriving";

    private readonly NpgsqlConnection source = (NpgsqlConnection)from.Database.GetDbConnection();
    private readonly NpgsqlConnection target = (NpgsqlConnection)to.Database.GetDbConnection();
    private readonly string list = string.Join(", ", columns.Select(c => $"\"{c}\""));
    private readonly string condition = $"tenant_id = '{tenantId}'";

    internal async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await Execute($"CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS SELECT {list} FROM {table} WHERE false", cancellationToken);
        await using (var rows = await source.BeginRawBinaryCopyAsync($"COPY (SELECT {list} FROM {table} WHERE {condition}) TO STDOUT (FORMAT binary)", cancellationToken))
        await using (var arriving = await target.BeginRawBinaryCopyAsync($"COPY {Arriving} ({list}) FROM STDIN (FORMAT binary)", cancellationToken))
        {
            await rows.CopyToAsync(arriving, cancellationToken);
        }

        await Execute($"INSERT INTO {table} ({list}) SELECT {list} FROM {Arriving} a WHERE NOT EXISTS (SELECT FROM {table} t WHERE t.{condition} AND t.id = a.id)", cancellationToken);
        var sent = await Digest(source, condition, cancellationToken);
        var arrived = await Digest(target, $"{condition} AND id IN (SELECT id FROM {Arriving})", cancellationToken);
        await Execute($"DROP TABLE {Arriving}", cancellationToken);
        return sent == arrived
            ? sent.Count
            : throw new InvalidOperationException($"{table}: {sent.Count} row(s) with the digest {sent.Sum} were there, {arrived.Count} with {arrived.Sum} have arrived.");
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };

    private async Task<(long Count, decimal Sum)> Digest(NpgsqlConnection connection, string where, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, $"SET LOCAL timezone = 'UTC'; SELECT count(*), coalesce(sum(hashtextextended(ROW({list})::text, 0)::numeric), 0) FROM {table} WHERE {where}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetDecimal(1));
    }

    private async Task Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(target, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
