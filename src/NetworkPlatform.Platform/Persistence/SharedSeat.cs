using System.Data.Common;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>A command cannot go on in a <see cref="SharedTransaction"/>: it is to be carried out by itself, as if it had never been with others.</summary>
public sealed class GoesAloneException : Exception
{
    public GoesAloneException(string message)
        : base(message)
    {
    }

    public GoesAloneException(Exception cause)
        : base("The transaction that it shared has failed.", cause)
    {
    }
}

/// <summary>What a <see cref="SharedSeat"/> waits for.</summary>
internal enum SeatWait
{
    /// <summary>Nothing: its command goes on, or has ended.</summary>
    Nothing,
    Begin,
    Rows,
    Commit,
}

/// <summary>The place of one command in a <see cref="SharedTransaction"/>.</summary>
public sealed class SharedSeat
{
    private readonly SharedTransaction transaction;
    private TaskCompletionSource<DbDataReader?> answer = new();
    private TaskCompletionSource hasRead = new();

    internal SharedSeat(SharedTransaction transaction, ModuleDbContext context) => (this.transaction, Context, WaitsFor) = (transaction, context, SeatWait.Begin);

    /// <summary>The query whose rows it waits for.</summary>
    public DbCommand? Query { get; private set; }

    /// <summary>The locks that it wants ahead of that.</summary>
    public IReadOnlyList<StatementAhead> Locks { get; private set; } = [];

    internal ModuleDbContext Context { get; }

    internal SeatWait WaitsFor { get; private set; }

    /// <summary>From now on the context is in the shared transaction, once that has begun.</summary>
    internal Task Begin()
    {
        Context.Seat = this;
        return answer.Task;
    }

    /// <summary>Waits for the rows of a query.</summary>
    public async Task<DbDataReader> Read(DbCommand query)
    {
        var locks = Context.TakeStatementsAhead();
        if (locks.Any(l => l.Kind is StatementAheadKind.Lock or StatementAheadKind.Insert) || !transaction.TryHold(locks))
        {
            throw new GoesAloneException("It locks what others here do, or writes.");
        }

        (Query, Locks) = (query, locks);

        // Whoever serves the rows goes on with the command until it waits again: a thread for each would only cost.
        return (await Wait(SeatWait.Rows, TaskCreationOptions.None))!;
    }

    /// <summary>Gives it its rows; done once it has read them.</summary>
    public Task Serve(DbDataReader rows)
    {
        var done = hasRead = new();
        GoOn(rows);
        return done.Task;
    }

    /// <summary>It would have to wait for one of its locks.</summary>
    public Task Refuse()
    {
        transaction.GoOn();
        Fail(new GoesAloneException("Another holds what it locks."));
        return Task.CompletedTask;
    }

    /// <summary>It needs the rows no more.</summary>
    public void HasRead() => hasRead.TrySetResult();

    /// <summary>Waits for the commit of what its context adds.</summary>
    internal Task Commit() => Context.ChangeTracker.HasChanges() ? throw new GoesAloneException("It saves rows that are followed.") : Wait(SeatWait.Commit, TaskCreationOptions.RunContinuationsAsynchronously);

    internal void GoOn(DbDataReader? rows = null)
    {
        transaction.GoOn();
        WaitsFor = SeatWait.Nothing;
        answer.SetResult(rows);
    }

    internal void Fail(Exception cause)
    {
        WaitsFor = SeatWait.Nothing;
        answer.TrySetException(cause);
    }

    internal void Leave()
    {
        Context.Seat = null;
        HasRead();
        transaction.Arrive();
    }

    private Task<DbDataReader?> Wait(SeatWait what, TaskCreationOptions options)
    {
        transaction.Wait(() =>
        {
            answer = new(options);
            WaitsFor = what;
        });
        return answer.Task;
    }
}
