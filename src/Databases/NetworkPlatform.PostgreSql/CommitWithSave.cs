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
/// server counts them ahead of the commit: where one was not as it had been read, a statement fails and nothing is committed. Rows that nothing follows go between the two.
/// </summary>
internal sealed class CommitWithSave : DbCommandInterceptor
{
    internal static readonly CommitWithSave Instance = new();

    /// <summary>Beyond that, counting costs more than the round trip.</summary>
    private const int MostCounted = 10;

    /// <summary>The message of the refusal to commit.</summary>
    internal const string ChangedMeanwhile = "changed-meanwhile";

    internal const string Refuse = $"""
        CREATE OR REPLACE FUNCTION platform.refuse_commit() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{ChangedMeanwhile}' USING ERRCODE = 'no_data_found';
        END $$
        """;

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
                context.CommitIsDue = false;
            }
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>A row that is gone cannot be seen to have been there.</summary>
    private static bool IsCounted(EntityEntry entry) => entry is { State: EntityState.Added } or { State: EntityState.Modified, Entity: Entity };

    [SuppressMessage("Security", "CA2100", Justification = "Names come from our own model; every value is a parameter.")]
    private static void End(DbCommand command, List<EntityEntry> changed, ModuleDbContext context)
    {
        var text = new StringBuilder(command.CommandText);
        foreach (var entry in changed)
        {
            // By single ids: for an array of them the planner would make a plan anew each time.
            var (row, tenant, id) = ((Entity)entry.Entity, $"tenant_{command.Parameters.Count}", $"id_{command.Parameters.Count}");
            command.Parameters.Add(new NpgsqlParameter<Guid>(tenant, row.TenantId));
            command.Parameters.Add(new NpgsqlParameter<Guid>(id, row.Id));
            text.Append(CultureInfo.InvariantCulture, $"""
                SELECT CASE WHEN NOT EXISTS (
                    SELECT FROM {entry.Metadata.GetSchemaQualifiedTableName()} WHERE tenant_id = @{tenant} AND id = @{id} AND xmin = pg_current_xact_id()::xid) THEN platform.refuse_commit() END;

                """);
        }

        foreach (var rows in context.TakeLast().GroupBy(row => row.GetType()))
        {
            RowInsertion.Of(context.Model.FindEntityType(rows.Key)!).Append(text, command, [.. rows]);
        }

        command.CommandText = text.Append("COMMIT").ToString();
    }
}
