using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.SqlServer;

/// <summary>
/// Binds every transaction to its tenant: the predicates read these two keys of the session's context. They are read-only once set. EF opens the connection
/// for a transaction and returns it to its pool afterwards, and the pool's reset clears them; a connection kept open for a second transaction fails
/// on the keys that it cannot set again.
/// </summary>
internal sealed class TenantBinding(bool walled) : AheadOfCommand, IDbTransactionInterceptor
{
    internal const int TenantIsAbsent = 51503;

    /// <summary>The pool's reset does not bring the isolation level back, so each transaction names it.</summary>
    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        eventData.IsolationLevel == IsolationLevel.Unspecified && !result.HasResult
            ? InterceptionResult<DbTransaction>.SuppressWithResult(await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken))
            : result;

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Ahead(command, eventData, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        Ahead(command, eventData, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        Ahead(command, eventData, result);

    protected override FormattableString? Bind(TenantInfo tenant, bool serves) => (serves, walled) switch
    {
        (true, true) => $"""
            EXEC sp_getapplock @Resource = {AbsentTenant.LockOf(tenant.Id)}, @LockMode = 'Shared'; IF EXISTS (SELECT 1 FROM platform.absent_tenants WHERE id = {tenant.Id}) THROW 51503, N'tenant-absent', 1;
            EXEC sp_set_session_context N'tenant_id', {tenant.Id}, @read_only = 1; EXEC sp_set_session_context N'network_id', {tenant.NetworkId}, @read_only = 1
            """,
        (false, true) => $"EXEC sp_set_session_context N'tenant_id', {tenant.Id}, @read_only = 1; EXEC sp_set_session_context N'network_id', {tenant.NetworkId}, @read_only = 1",
        _ => null,
    };

    /// <summary>An engine without row-level security is not SQL Server itself and may pass over lock hints; an update that changes nothing locks on every engine.</summary>
    protected override string Write(StatementAheadKind kind, string table, string clause, int number) => kind switch
    {
        StatementAheadKind.Lock when walled => $"DECLARE @locked_{number} int; SELECT @locked_{number} = 1 FROM {table} WITH (UPDLOCK, ROWLOCK) WHERE {clause}",
        StatementAheadKind.Lock => $"UPDATE {table} SET id = id WHERE {clause}",
        StatementAheadKind.Insert => $"INSERT INTO {table} {clause}",
        _ => $"DECLARE @name_{number} nvarchar(255) = ({clause}); IF @name_{number} IS NOT NULL EXEC sp_getapplock @Resource = @name_{number}, @LockMode = '{(kind == StatementAheadKind.ShareName ? "Shared" : "Exclusive")}'",
    };

    /// <summary>What goes ahead has no result sets and, uncounted, changes no rows: the command's own results are all that is seen.</summary>
    protected override string Join(string ahead, string command) => $"SET NOCOUNT ON; {ahead}SET NOCOUNT OFF; {command}";

    private ValueTask<InterceptionResult<T>> Ahead<T>(DbCommand command, CommandEventData eventData, InterceptionResult<T> result)
    {
        _ = PutAhead(command, eventData.Context);
        return ValueTask.FromResult(result);
    }
}
