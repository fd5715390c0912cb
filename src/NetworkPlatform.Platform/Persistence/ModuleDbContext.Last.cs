using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace NetworkPlatform.Platform.Persistence;

/// <content>How a transaction ends: what goes with its last save, and the commit (ADR 39).</content>
public abstract partial class ModuleDbContext
{
    private readonly List<object> lastRows = [];
    private readonly List<LastChange> lastChanges = [];

    /// <summary>Whether the save under way is the transaction's last. The database's own code may then commit with it, after <see cref="TakeLast"/>, and clears this.</summary>
    public bool CommitIsDue { get; set; }

    /// <summary>Adds a row that is written with the transaction's last save and not looked for again before it, so that nothing need follow it.</summary>
    public void AddLast(object row)
    {
        Stamp(row);
        RefuseOthers(row);
        lastRows.Add(row);
    }

    /// <summary>
    /// Changes a row with the transaction's last save, as it is by then: beside others who change it at the same moment, in turns. Where it no longer meets the condition nothing is committed, and the
    /// command is carried out anew. The holes become parameters.
    /// </summary>
    /// <param name="row">From now on it is not followed: what else is done to it is not saved.</param>
    /// <param name="set">What it is set to, as in <c>UPDATE</c>; its version is counted by itself.</param>
    public void ChangeLast(Entity row, FormattableString set, FormattableString where)
    {
        RefuseOthers(row);
        Entry(row).State = EntityState.Detached;
        lastChanges.Add(new LastChange(row, Model.FindEntityType(row.GetType())!.GetSchemaQualifiedTableName()!, set, where));
    }

    /// <summary>The rows that this transaction adds with its last save.</summary>
    public IEnumerable<object> AddedLast => lastRows;

    /// <summary>The rows that this transaction changes with its last save.</summary>
    internal IEnumerable<Entity> ChangedLast => lastChanges.Select(c => c.Row);

    /// <summary>What goes with the transaction's last save. The database's own code sends it, changes first.</summary>
    public (IReadOnlyList<LastChange> Changes, IReadOnlyList<object> Rows) TakeLast()
    {
        (LastChange[] Changes, object[] Rows) taken = ([.. lastChanges], [.. lastRows]);
        lastChanges.Clear();
        lastRows.Clear();
        return taken;
    }

    /// <summary>Saves and commits, in one round trip where the database can, and ends the transaction. What was saved is of no more use to this context.</summary>
    internal async Task SaveAndCommit(IDbContextTransaction transaction, IDatabase database, CancellationToken cancellationToken)
    {
        // What fails is rolled back whole, so a savepoint around the save would be two round trips for nothing.
        Database.AutoSavepointsEnabled = false;
        if (database.CommitsWithSave)
        {
            CommitIsDue = true;
            if (ChangeTracker.HasChanges())
            {
                await SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            }

            if (CommitIsDue)
            {
                // There was nothing for EF to save, or too much for one command: the database's own code adds what goes last.
                await Database.ExecuteSqlRawAsync("", cancellationToken);
            }
        }
        else
        {
            await WriteLast(cancellationToken);
            await SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await transaction.DisposeAsync();
    }

    private async Task WriteLast(CancellationToken cancellationToken)
    {
        var (changes, rows) = TakeLast();
        foreach (var change in changes)
        {
            if (await Database.ExecuteSqlAsync(change.ToSql(), cancellationToken) == 0)
            {
                throw new ChangedBesideException();
            }
        }

        AddRange(rows);
    }
}
