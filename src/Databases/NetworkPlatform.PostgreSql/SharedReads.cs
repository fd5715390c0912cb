using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.PostgreSql;

/// <summary>
/// Takes the queries of those who share a transaction to it instead of the database, and sends them there together. A lock is had at once or not at all: who waited for it would hold up the others, and
/// two who hold locks while they wait for more might wait for each other.
/// </summary>
internal sealed class SharedReads : DbCommandInterceptor, IDbConnectionInterceptor
{
    internal static readonly SharedReads Instance = new();

    /// <summary>Who has no transaction needs no connection.</summary>
    public ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SeatOf(eventData) is null ? result : InterceptionResult.Suppress());

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        SeatOf(eventData) is not { } seat ? result
        : eventData.CommandSource is CommandSource.SaveChanges ? throw GoesAlone()
        : InterceptionResult<DbDataReader>.SuppressWithResult(await seat.Read(command));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        SeatOf(eventData) is null ? ValueTask.FromResult(result) : throw GoesAlone();

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        SeatOf(eventData) is null ? ValueTask.FromResult(result) : throw GoesAlone();

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(SeatOf(eventData) is null ? result : InterceptionResult.Suppress());

    /// <summary>The others' rows come after it.</summary>
    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (SeatOf(eventData) is not { } seat)
        {
            return result;
        }

        // As EF does after disposing.
        eventData.Context!.Database.CloseConnection();
        seat.HasRead();
        return InterceptionResult.Suppress();
    }

    internal static async Task Read(ModuleDbContext lead, IReadOnlyList<SharedSeat> seats)
    {
        await using var batch = lead.Database.GetDbConnection().CreateBatch();
        batch.Transaction = lead.Database.CurrentTransaction!.GetDbTransaction();
        TenantBinding.Instance.PutAhead(batch, lead);

        // What goes by arrays would otherwise be planned anew each time, for as many as there happen to be.
        batch.Add($"SELECT set_config('plan_cache_mode', 'force_generic_plan', true)");
        var ahead = batch.BatchCommands.Count;
        List<SharedSeat>[] lockers = [.. new[] { StatementAheadKind.ShareName, StatementAheadKind.LockName }.Select(kind => AddLocks(batch, seats, kind))];
        foreach (var seat in seats)
        {
            foreach (var told in Told(seat))
            {
                batch.Add(told.Text, clause => TenantBinding.LockName(told.Kind, clause, orNot: true));
            }

            AddQuery(batch, seat.Query!);
        }

        await using var results = await batch.ExecuteReaderAsync();
        for (; ahead > 0; ahead--)
        {
            await results.NextResultAsync();
        }

        HashSet<SharedSeat> late = [];
        foreach (var locker in lockers)
        {
            foreach (var seat in locker)
            {
                await NoteLock(results, seat, late);
            }

            await results.NextResultAsync();
        }

        foreach (var seat in seats)
        {
            foreach (var _ in Told(seat))
            {
                await NoteLock(results, seat, late);
                await results.NextResultAsync();
            }

            await (late.Contains(seat) ? seat.Refuse() : seat.Serve(results));
            await results.NextResultAsync();
        }
    }

    /// <summary>Locks the names of one kind that any of them wants; each row of the answer is for one of those returned.</summary>
    private static List<SharedSeat> AddLocks(DbBatch batch, IReadOnlyList<SharedSeat> seats, StatementAheadKind kind)
    {
        var wanted = seats.SelectMany(seat => seat.Locks.Where(l => l.Kind == kind).Select(l => (Seat: seat, Name: (string)l.Text.GetArgument(0)!))).ToList();
        batch.Add($"unnest({wanted.Select(w => w.Name).ToArray()}) AS name", names => $"{TenantBinding.LockName(kind, "name", orNot: true)} FROM {names}");
        return wanted.ConvertAll(w => w.Seat);
    }

    private static IEnumerable<StatementAhead> Told(SharedSeat seat) => seat.Locks.Where(l => l.Kind == StatementAheadKind.LockNameTold);

    /// <summary>Null is a name that no row tells.</summary>
    private static async Task NoteLock(DbDataReader results, SharedSeat seat, HashSet<SharedSeat> late)
    {
        if (await results.ReadAsync() && results.GetValue(0) is false)
        {
            late.Add(seat);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "As EF wrote it.")]
    private static void AddQuery(DbBatch batch, DbCommand query)
    {
        var statement = batch.CreateBatchCommand();
        statement.CommandText = query.CommandText;
        DbParameter[] parameters = [.. query.Parameters.Cast<DbParameter>()];
        query.Parameters.Clear();
        statement.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(statement);
    }

    private static SharedSeat? SeatOf(DbContextEventData eventData) => (eventData.Context as ModuleDbContext)?.Seat;

    private static GoesAloneException GoesAlone() => new("It writes ahead of its last save.");
}
