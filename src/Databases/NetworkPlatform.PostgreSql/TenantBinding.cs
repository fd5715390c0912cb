using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Binds every transaction to its tenant: the row-level policies read these two settings. They end with the transaction, so a pooled connection
/// never carries them on; and without a transaction there is no tenant, hence no rows. The binding travels ahead of the transaction's first command, in the
/// same round trip.
/// </summary>
internal sealed class TenantBinding : DbCommandInterceptor, IDbTransactionInterceptor
{
    internal static readonly TenantBinding Instance = new();

    private const string Bind = "SELECT set_config('app.tenant', @app_tenant, true), set_config('app.network', @app_network, true); ";

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TransactionStarted(connection, eventData, result));

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        if (eventData.Context is ModuleDbContext { BoundTenant: not null } context)
        {
            context.BindingIsDue = true;
        }

        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        _ = BindAhead(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        BindAhead(command, eventData) ? throw new NotSupportedException("A transaction cannot begin with a scalar command.") : ValueTask.FromResult(result);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData is { CommandSource: CommandSource.SaveChanges, Context: ModuleDbContext { BindingIsDue: true } })
        {
            // A save counts the rows of each of its statements and must find no others, so here the binding goes by itself.
            await using var bind = command.Connection!.CreateCommand();
            bind.Transaction = command.Transaction;
            _ = BindAhead(bind, eventData);
            await bind.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }

        if (!BindAhead(command, eventData))
        {
            return result;
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken); // past the binding's own row
        return InterceptionResult<DbDataReader>.SuppressWithResult(reader);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Our own constant goes ahead of what EF wrote.")]
    private static bool BindAhead(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not ModuleDbContext { BindingIsDue: true, BoundTenant: TenantInfo tenant } context)
        {
            return false;
        }

        context.BindingIsDue = false;
        command.CommandText = Bind + command.CommandText;
        command.Parameters.Add(new NpgsqlParameter<string>("app_tenant", tenant.Id.ToString()));
        command.Parameters.Add(new NpgsqlParameter<string>("app_network", tenant.NetworkId.ToString()));
        return true;
    }
}
