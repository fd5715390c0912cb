using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>
/// Sends a transaction's binding to its tenant ahead of its first command, and a context's <see cref="StatementAhead"/>s ahead of the next, in the same
/// round trip. Each database says how that reads in its SQL.
/// </summary>
public abstract class AheadOfCommand : DbCommandInterceptor, IDbTransactionInterceptor
{
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

    /// <summary>What binds the transaction to its tenant; null where the database needs nothing.</summary>
    /// <param name="serves">Whether to refuse where the tenant is absent, and to be waited for by whoever moves it.</param>
    protected abstract FormattableString? Bind(TenantInfo tenant, bool serves);

    /// <summary>What refuses to serve a tenant that is absent, where that is to be asked by another statement than <see cref="Bind"/>'s.</summary>
    protected virtual FormattableString? RefuseAbsent(TenantInfo tenant) => null;

    /// <summary>The statement in the database's SQL.</summary>
    /// <param name="clause">Its text with the names of its parameters.</param>
    /// <param name="number">Differs between the statements of one command.</param>
    protected abstract string Write(StatementAheadKind kind, string table, string clause, int number);

    /// <summary>Adds a statement to those that go ahead, or to the last of them.</summary>
    /// <param name="looksUp">Whether it must see what those before it have waited for, and so be a statement of its own.</param>
    protected virtual void Add(IList<string> statements, string next, bool looksUp) => statements.Add(next);

    protected virtual string Join(string ahead, string command) => ahead + command;

    /// <summary>What binds the context's transaction, if that is due, and then refuses an absent tenant.</summary>
    protected (FormattableString? Binding, FormattableString? Refusal) TakeBinding(ModuleDbContext context)
    {
        if (context is not { BindingIsDue: true, BoundTenant: { } tenant })
        {
            return (null, null);
        }

        context.BindingIsDue = false;
        return (Bind(tenant, context.ServesTenant), context.ServesTenant ? RefuseAbsent(tenant) : null);
    }

    /// <summary>Puts the binding, if it is due, and the context's statements ahead of the command's own.</summary>
    /// <returns>How many statements that are.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "Our own constants go ahead of what EF wrote; every value is a parameter.")]
    protected int PutAhead(DbCommand command, DbContext? eventContext)
    {
        if (eventContext is not ModuleDbContext context)
        {
            return 0;
        }

        var number = 0;
        List<string> statements = [];
        var (binding, refusal) = TakeBinding(context);
        if (binding is not null)
        {
            Add(statements, command.WithParameters(binding), looksUp: false);
        }

        foreach (var statement in context.TakeStatementsAhead())
        {
            Add(statements, Write(statement.Kind, statement.Table, command.WithParameters(statement.Text), number++), statement.Kind == StatementAheadKind.LockNameTold);
        }

        if (refusal is not null)
        {
            // Any statement after the binding's will do.
            Add(statements, command.WithParameters(refusal), looksUp: statements.Count == 1);
        }

        if (statements.Count > 0)
        {
            command.CommandText = Join(string.Join("; ", statements) + "; ", command.CommandText);
        }

        return statements.Count;
    }
}
