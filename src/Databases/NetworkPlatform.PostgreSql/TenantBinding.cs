using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Binds every transaction to its tenant: the row-level policies read these two settings. They end with the transaction, so a pooled connection
/// never carries them on; and without a transaction there is no tenant, hence no rows. All that goes ahead is a query, so that no row of it counts as changed.
/// </summary>
internal sealed class TenantBinding : AheadOfCommand
{
    internal static readonly TenantBinding Instance = new();

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        _ = PutAhead(command, eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        PutAhead(command, eventData.Context) > 0 ? throw new NotSupportedException("A transaction cannot begin with a scalar command.") : ValueTask.FromResult(result);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource == CommandSource.SaveChanges)
        {
            // A save counts the rows of each of its statements and must find no others, so here the binding goes by itself.
            await using var alone = command.Connection!.CreateCommand();
            alone.Transaction = command.Transaction;
            if (PutAhead(alone, eventData.Context) > 0)
            {
                await alone.ExecuteNonQueryAsync(cancellationToken);
            }

            return result;
        }

        var ahead = PutAhead(command, eventData.Context);
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

    /// <summary>Puts the binding, if it is due, ahead of a batch.</summary>
    internal void PutAhead(DbBatch batch, ModuleDbContext context)
    {
        var (binding, refusal) = TakeBinding(context);
        foreach (var statement in new[] { binding, refusal }.OfType<FormattableString>())
        {
            batch.Add(statement);
        }
    }

    /// <summary>Whoever serves a tenant shares its presence, which a move holds alone while it makes the tenant absent.</summary>
    protected override FormattableString Bind(TenantInfo tenant, bool serves) => serves
        ? (FormattableString)$"SELECT pg_advisory_xact_lock_shared(hashtextextended({AbsentTenant.LockOf(tenant.Id)}, 0)), set_config('app.tenant', {tenant.Id.ToString()}, true), set_config('app.network', {tenant.NetworkId.ToString()}, true)"
        : $"SELECT set_config('app.tenant', {tenant.Id.ToString()}, true), set_config('app.network', {tenant.NetworkId.ToString()}, true)";

    /// <summary>A statement sees what was committed before it: who has waited for a move to begin finds the tenant absent.</summary>
    protected override FormattableString RefuseAbsent(TenantInfo tenant) =>
        $"SELECT CASE WHEN EXISTS (SELECT FROM platform.absent_tenants WHERE id = {tenant.Id}) THEN platform.refuse({Refusal.TenantIsAbsent}, {PostgresErrorCodes.ObjectInUse}) END";

    /// <summary>Locks a name.</summary>
    /// <param name="orNot">Tells whether it is locked instead of waiting for whoever else has locked it.</param>
    internal static string LockName(StatementAheadKind kind, string clause, bool orNot = false) =>
        $"SELECT pg_{(orNot ? "try_" : "")}advisory_xact_lock{(kind == StatementAheadKind.ShareName ? "_shared" : "")}(hashtextextended(({clause}), 0))";

    /// <summary>What only calls functions goes with what does so before it, since each statement has a price of its own.</summary>
    protected override void Add(IList<string> statements, string next, bool looksUp)
    {
        if (!looksUp && OnlyCalls(next) && statements is [.., var last] && OnlyCalls(last))
        {
            statements[^1] = $"{last},{next["SELECT".Length..]}";
            return;
        }

        statements.Add(next);
    }

    protected override string Write(StatementAheadKind kind, string table, string clause, int number) => kind switch
    {
        StatementAheadKind.Lock => $"SELECT 1 FROM {table} WHERE {clause} FOR UPDATE",
        StatementAheadKind.LockName or StatementAheadKind.LockNameTold or StatementAheadKind.ShareName => LockName(kind, clause),
        _ => $"WITH inserted AS (INSERT INTO {table} {clause} RETURNING 1) SELECT 1 FROM inserted",
    };

    private static bool OnlyCalls(string statement) => statement.StartsWith("SELECT ", StringComparison.Ordinal) && !statement.StartsWith("SELECT 1", StringComparison.Ordinal);
}
