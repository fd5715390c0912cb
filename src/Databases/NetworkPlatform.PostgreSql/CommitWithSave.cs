using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Sends a transaction's commit in the same round trip as its last save, so that its locks are held for one less. EF counts the rows that were changed only once it has the answer, so the
/// server counts them ahead of the commit: where one was not as it had been read, a statement fails and nothing is committed. Changes and rows that nothing follows go between the two, or
/// with a command of their own where there is nothing else to save.
/// </summary>
internal sealed class CommitWithSave : DbCommandInterceptor
{
    internal static readonly CommitWithSave Instance = new();

    /// <summary>Beyond that, counting costs more than the round trip.</summary>
    private const int MostCounted = 10;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData is { CommandSource: CommandSource.SaveChanges, Context: ModuleDbContext { CommitIsDue: true } context })
        {
            var changes = context.ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();
            var changed = changes.Where(e => e.State == EntityState.Modified).ToList();

            // Each row's statement ends with a semicolon: where there are fewer, the save goes in several commands, of which this need not be the last.
            if (changes.TrueForAll(IsCounted) && changed.Count <= MostCounted && command.CommandText.AsSpan().Count(';') == changes.Count)
            {
                End(command, changed, context);
            }
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>EF saves by queries: this is the command that <see cref="ModuleDbContext"/> sends where no save has ended the transaction.</summary>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ModuleDbContext { CommitIsDue: true } context)
        {
            End(command, [], context);
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>A row that is gone cannot be seen to have been there.</summary>
    private static bool IsCounted(EntityEntry entry) => entry is { State: EntityState.Added } or { State: EntityState.Modified, Entity: Entity };

    /// <summary>Adds what goes last, and the commit.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Names come from our own model; every value is a parameter.")]
    private static void End(DbCommand command, List<EntityEntry> changed, ModuleDbContext context)
    {
        var text = new StringBuilder(command.CommandText);
        foreach (var entry in changed)
        {
            // By single ids: for an array of them the planner would make a plan anew each time.
            var row = (Entity)entry.Entity;
            var itself = command.WithParameters($"tenant_id = {row.TenantId} AND id = {row.Id}");
            var written = $"SELECT FROM {entry.Metadata.GetSchemaQualifiedTableName()} WHERE {itself} AND xmin = pg_current_xact_id()::xid";
            text.Append(CultureInfo.InvariantCulture, $"SELECT {RefuseWhere($"NOT EXISTS ({written})", PostgresErrorCodes.NoDataFound)};\n");
        }

        AddLast(text, command, context);
        command.CommandText = text.Append("COMMIT").ToString();
        context.CommitIsDue = false;
    }

    /// <summary>All by one statement, since each has a price of its own.</summary>
    private static void AddLast(StringBuilder text, DbCommand command, ModuleDbContext context)
    {
        var (counts, rows) = context.TakeLast();
        List<string> parts = [];
        List<string> refusals = [];
        foreach (var ofOneKind in counts.GroupBy(c => (c.Row.Id, c.Kind)).OrderBy(row => row.Key.Id).Select(row => LastCount.Sum([.. row])).GroupBy(c => c.Kind, StringComparer.Ordinal))
        {
            List<LastCount> counted = [.. ofOneKind];
            text.Append(RowCounting.WriteLocks(command, counted)).Append(";\n");
            refusals.Add(RefuseWhere($"(SELECT count(*) FROM counted_{parts.Count}) < {command.WithParameters($"{counted.Count}")}", PostgresErrorCodes.SerializationFailure));
            parts.Add($"counted_{parts.Count} AS ({RowCounting.Write(command, counted)} RETURNING 1)");
        }

        foreach (var ofOneKind in rows.GroupBy(row => row.GetType()))
        {
            parts.Add($"added_{parts.Count} AS ({RowInsertion.Of(context.Model.FindEntityType(ofOneKind.Key)!).Write(command, [.. ofOneKind])})");
        }

        if (parts.Count > 0)
        {
            text.Append("WITH ").AppendJoin(", ", parts).Append(" SELECT ").AppendJoin(", ", refusals).Append(";\n");
        }
    }

    private static string RefuseWhere(string condition, string code) => $"CASE WHEN {condition} THEN platform.refuse('{Refusal.ChangedMeanwhile}', '{code}') END";
}
