using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Binds every transaction to its tenant: the row-level policies read these two settings. They end with the transaction, so a pooled connection
/// never carries them on; and without a transaction there is no tenant, hence no rows.
/// </summary>
internal sealed class TenantBinding : DbTransactionInterceptor
{
    internal static readonly TenantBinding Instance = new();

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ModuleDbContext { BoundTenant: { } tenant })
        {
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = "SELECT set_config('app.tenant', $1, true), set_config('app.network', $2, true)";
            command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = tenant.Id.ToString() });
            command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = tenant.NetworkId.ToString() });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        eventData.Context is ModuleDbContext { BoundTenant: not null } ? throw new NotSupportedException("Begin transactions asynchronously.") : result;
}
