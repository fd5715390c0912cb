using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace NetworkPlatform.Platform.Persistence;

/// <content>How a transaction ends: what goes with its last save, and the commit (ADR 39).</content>
public abstract partial class ModuleDbContext
{
    private readonly List<object> lastRows = [];
    private readonly List<LastCount> lastCounts = [];

    /// <summary>Its place in a transaction that it shares with other contexts, while it does.</summary>
    public SharedSeat? Seat { get; internal set; }

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
    /// Counts columns of a row up with the transaction's last save, from what they are by then: beside others who count at the same moment, in turns. Where the first of them would come to more than it may
    /// nothing is committed, and the command is carried out anew.
    /// </summary>
    /// <param name="row">From now on it is not followed: what else is done to it is not saved.</param>
    public void CountLast(Entity row, int atMost, params IReadOnlyList<(string Column, int By)> counts)
    {
        RefuseOthers(row);
        Entry(row).State = EntityState.Detached;
        lastCounts.Add(new LastCount(row, Model.FindEntityType(row.GetType())!.GetSchemaQualifiedTableName()!, atMost, counts));
    }

    /// <summary>The rows that this transaction adds with its last save.</summary>
    public IEnumerable<object> AddedLast => lastRows;

    /// <summary>The rows that this transaction counts up with its last save.</summary>
    internal IEnumerable<Entity> CountedLast => lastCounts.Select(c => c.Row);

    /// <summary>What goes with the transaction's last save. The database's own code sends it, counts first.</summary>
    public (IReadOnlyList<LastCount> Counts, IReadOnlyList<object> Rows) TakeLast()
    {
        (LastCount[] Counts, object[] Rows) taken = ([.. lastCounts], [.. lastRows]);
        lastCounts.Clear();
        lastRows.Clear();
        return taken;
    }

    /// <summary>Begins a transaction of its own; null where it shares one.</summary>
    internal async Task<IDbContextTransaction?> Begin(CancellationToken cancellationToken) => Seat is null ? await Database.BeginTransactionAsync(cancellationToken) : null;

    /// <summary>Saves and commits, in one round trip where the database can, and ends the transaction. What was saved is of no more use to this context.</summary>
    /// <param name="transaction">As <see cref="Begin"/> has returned it.</param>
    internal async Task SaveAndCommit(IDbContextTransaction? transaction, IDatabase database, CancellationToken cancellationToken)
    {
        if (transaction is null)
        {
            await Seat!.Commit();
            return;
        }

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

    /// <summary>What goes last in another's transaction goes last in this one's.</summary>
    internal void TakeOver(ModuleDbContext other)
    {
        var (counts, rows) = other.TakeLast();
        lastCounts.AddRange(counts);
        lastRows.AddRange(rows);
    }

    private async Task WriteLast(CancellationToken cancellationToken)
    {
        var (counts, rows) = TakeLast();
        foreach (var count in counts)
        {
            if (await Database.ExecuteSqlAsync(count.ToSql(), cancellationToken) == 0)
            {
                throw new ChangedBesideException();
            }
        }

        AddRange(rows);
    }
}
