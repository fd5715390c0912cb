using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.SqlServer;

/// <summary>Copies a tenant's rows by bulk insert from server to server, into a temporary table first, since some may be there already.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names come from our own model, and the tenant's id is a UUID.")]
internal sealed class RowCopy(ModuleDbContext from, ModuleDbContext to, string table, IReadOnlyList<string> columns, Guid tenantId)
{
    private const string Arriving = "#arriving";

    private readonly (SqlConnection Connection, SqlTransaction Transaction) source = Of(from);
    private readonly (SqlConnection Connection, SqlTransaction Transaction) target = Of(to);
    private readonly string name = string.Join('.', table.Split('.').Select(part => $"[{part}]"));
    private readonly string list = string.Join(", ", columns.Select(c => $"[{c}]"));
    private readonly string condition = $"tenant_id = '{tenantId}'";

    internal async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await Execute($"SELECT {list} INTO {Arriving} FROM {name} WHERE 1 = 0", cancellationToken);
        await using (var read = Command(source, $"SELECT {list} FROM {name} WHERE {condition}"))
        await using (var rows = await read.ExecuteReaderAsync(cancellationToken))
        {
            using var arriving = new SqlBulkCopy(target.Connection, SqlBulkCopyOptions.Default, target.Transaction) { DestinationTableName = Arriving, BulkCopyTimeout = 0, EnableStreaming = true };
            await arriving.WriteToServerAsync(rows, cancellationToken);
        }

        await Execute($"INSERT INTO {name} ({list}) SELECT {list} FROM {Arriving} a WHERE NOT EXISTS (SELECT 1 FROM {name} t WHERE t.{condition} AND t.id = a.id)", cancellationToken);
        var sent = await Digest(source, condition, cancellationToken);
        var arrived = await Digest(target, $"{condition} AND id IN (SELECT id FROM {Arriving})", cancellationToken);
        await Execute($"DROP TABLE {Arriving}", cancellationToken);
        return sent == arrived
            ? sent.Count
            : throw new InvalidOperationException($"{table}: {sent.Count} row(s) with the digest {sent.Sum} were there, {arrived.Count} with {arrived.Sum} have arrived.");
    }

    private static (SqlConnection Connection, SqlTransaction Transaction) Of(ModuleDbContext context) =>
        ((SqlConnection)context.Database.GetDbConnection(), (SqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction());

    private static SqlCommand Command((SqlConnection Connection, SqlTransaction Transaction) at, string sql) => new(sql, at.Connection, at.Transaction) { CommandTimeout = 0 };

    private async Task<(long Count, decimal Sum)> Digest((SqlConnection Connection, SqlTransaction Transaction) at, string where, CancellationToken cancellationToken)
    {
        await using var command = Command(at, $"""
            SELECT COUNT_BIG(*), COALESCE(SUM(CAST(CONVERT(bigint, HASHBYTES('SHA2_256', (SELECT {list} FOR JSON PATH, INCLUDE_NULL_VALUES))) AS decimal(38, 0))), 0) FROM {name} WHERE {where}
            """);
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
