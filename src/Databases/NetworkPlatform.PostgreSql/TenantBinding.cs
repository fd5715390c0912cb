using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
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
        _ = SendAhead(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        SendAhead(command, eventData) > 0 ? throw new NotSupportedException("A transaction cannot begin with a scalar command.") : ValueTask.FromResult(result);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource == CommandSource.SaveChanges)
        {
            // A save counts the rows of each of its statements and must find no others, so here the binding goes by itself.
            await using var alone = command.Connection!.CreateCommand();
            alone.Transaction = command.Transaction;
            if (SendAhead(alone, eventData) > 0)
            {
                await alone.ExecuteNonQueryAsync(cancellationToken);
            }

            return result;
        }

        var ahead = SendAhead(command, eventData);
        if (ahead == 0)
        {
            return result;
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (; ahead > 0; ahead--)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        return InterceptionResult<DbDataReader>.SuppressWithResult(reader);
    }

    /// <summary>Puts the binding, if it is due, and the context's statements ahead of the command's own. All of them are queries, so that no row of theirs counts as changed.</summary>
    /// <returns>How many result sets come before the command's own.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "Our own constants go ahead of what EF wrote; every value is a parameter.")]
    private static int SendAhead(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not ModuleDbContext context)
        {
            return 0;
        }

        var count = 0;
        var text = new StringBuilder();
        if (context is { BindingIsDue: true, BoundTenant: TenantInfo tenant })
        {
            context.BindingIsDue = false;
            text.Append(Bind);
            command.Parameters.Add(new NpgsqlParameter<string>("app_tenant", tenant.Id.ToString()));
            command.Parameters.Add(new NpgsqlParameter<string>("app_network", tenant.NetworkId.ToString()));
            count++;
        }

        foreach (var statement in context.TakeStatementsAhead())
        {
            var names = new object[statement.Text.ArgumentCount];
            for (var i = 0; i < names.Length; i++)
            {
                var name = $"ahead_{count}_{i}";
                names[i] = "@" + name;
                command.Parameters.Add(new NpgsqlParameter(name, statement.Text.GetArgument(i)));
            }

            var clause = string.Format(CultureInfo.InvariantCulture, statement.Text.Format, names);
            text.Append(statement.Kind switch
            {
                StatementAheadKind.Lock => $"SELECT 1 FROM {statement.Table} WHERE {clause} FOR UPDATE; ",
                StatementAheadKind.LockName => $"SELECT pg_advisory_xact_lock(hashtextextended({clause}, 0)); ",
                _ => $"WITH inserted AS (INSERT INTO {statement.Table} {clause} RETURNING 1) SELECT 1 FROM inserted; ",
            });
            count++;
        }

        if (count > 0)
        {
            command.CommandText = text.Append(command.CommandText).ToString();
        }

        return count;
    }
}
