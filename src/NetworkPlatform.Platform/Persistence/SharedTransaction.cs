using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>
/// One transaction for commands that come at once, each in a scope and with a context of its own (ADR 43). Whenever all of them wait for the database, what they wait for goes in one round trip: their
/// queries, or at last all that they add and the commit. All of them are committed or none; who would hold up the others leaves.
/// </summary>
internal sealed class SharedTransaction
{
    private const int MostSeats = 32;

    /// <summary>For whoever waits for something else than the database.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<SharedSeat> seats = [];
    private readonly Dictionary<string, bool> heldNames = new(StringComparer.Ordinal);
    private TaskCompletionSource everybodyWaits = new();
    private Exception? failure;
    private int goingOn;

    internal int Count => seats.Count;

    /// <returns>Null where it is full.</returns>
    internal SharedSeat? Join(ModuleDbContext db)
    {
        if (Count == MostSeats)
        {
            return null;
        }

        var seat = new SharedSeat(this, db);
        seats.Add(seat);
        return seat;
    }

    /// <summary>Carries out all who have joined, in the transaction of a context that is none of theirs.</summary>
    internal async Task CarryOut(ModuleDbContext lead, IDatabase database)
    {
        await using var transaction = await lead.Database.BeginTransactionAsync();
        await Meanwhile(() =>
        {
            seats.ForEach(s => s.GoOn());
            return Task.CompletedTask;
        });
        while (seats.FindAll(s => s.WaitsFor == SeatWait.Rows) is { Count: > 0 } reading)
        {
            await Meanwhile(() => database.ReadTogether!(lead, reading));
        }

        if (seats.FindAll(s => s.WaitsFor == SeatWait.Commit) is { Count: > 0 } ending)
        {
            await Commit(lead, transaction, ending, database);
        }
    }

    /// <summary>Whoever waits, or comes to wait, goes alone.</summary>
    internal void Fail(Exception cause)
    {
        lock (gate)
        {
            failure = cause;
        }

        seats.ForEach(s => s.Fail(new GoesAloneException(cause)));
    }

    /// <summary>Puts down what a seat waits for, and that it does.</summary>
    internal void Wait(Action begin)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                throw new GoesAloneException(failure);
            }

            begin();
        }

        Arrive();
    }

    /// <summary>Whether none of the names is locked by another of these commands: the database would let it be locked by both, since it knows their transaction only.</summary>
    internal bool TryHold(IEnumerable<StatementAhead> locks)
    {
        lock (gate)
        {
            // A name that is told by a row is as much one's own as the row's, which is locked before.
            return locks.Where(l => l.Kind != StatementAheadKind.LockNameTold).All(l =>
            {
                var (name, isShared) = ((string)l.Text.GetArgument(0)!, l.Kind == StatementAheadKind.ShareName);
                return heldNames.TryAdd(name, isShared) || (isShared && heldNames[name]);
            });
        }
    }

    internal void GoOn() => Interlocked.Increment(ref goingOn);

    internal void Arrive()
    {
        if (Interlocked.Decrement(ref goingOn) == 0)
        {
            everybodyWaits.TrySetResult();
        }
    }

    /// <summary>Answers some, and returns once everybody waits or has left.</summary>
    private async Task Meanwhile(Func<Task> answer)
    {
        everybodyWaits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        GoOn();
        await answer();
        Arrive();
        await everybodyWaits.Task.WaitAsync(Patience);
    }

    private static async Task Commit(ModuleDbContext lead, IDbContextTransaction transaction, List<SharedSeat> ending, IDatabase database)
    {
        ending.ForEach(s => lead.TakeOver(s.Context));
        try
        {
            await lead.SaveAndCommit(transaction, database, CancellationToken.None);
        }
        catch (Exception exception) when (!database.IsTransient(exception) && exception.Find<DbException>() is not { SqlState: not null, IsTransient: false })
        {
            // It may have been committed: nobody may do it again.
            ending.ForEach(s => s.Fail(exception));
            throw;
        }

        ending.ForEach(s => s.GoOn());
    }
}
