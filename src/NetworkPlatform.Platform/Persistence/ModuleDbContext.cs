using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>
/// A module's tables, in a schema of their own. Every entity belongs to a tenant unless it says <see cref="SharedAttribute"/>: queries see the current
/// tenant's rows only, added rows are stamped with it, and a row of another tenant cannot be saved. Contexts are pooled and bound to their scope's tenant on lease.
/// </summary>
public abstract partial class ModuleDbContext : DbContext
{
    /// <summary>Name of the query filter that keeps tenants apart.</summary>
    public const string TenantFilter = "tenant";

    /// <summary>Name of the query filter that keeps callers to their chapters.</summary>
    public const string ChapterFilter = "chapter";

    /// <summary>Name of the query filter that hides who was erased.</summary>
    public const string ErasedFilter = "erased";

    /// <summary>The filters that work in all tenants looks past: the row-level policies of its role are what still holds.</summary>
    internal static readonly IReadOnlyList<string> EveryTenant = [TenantFilter];

    private readonly List<StatementAhead> ahead = [];
    private readonly List<object> lastRows = [];
    private readonly List<LastChange> lastChanges = [];

    private TenantContext? tenant;
    private TenantDatabase? locatedAt;
    private bool followsTenant;

    [SuppressMessage("Design", "MA0056", Justification = "No context of ours overrides ChangeTracker.")]
    protected ModuleDbContext(DbContextOptions options)
        : base(options) => ChangeTracker.Tracking += (_, e) => Stamp(e);

    /// <summary>The tenant whose rows this context sees. Throws where the scope has none.</summary>
    public Guid TenantId => CurrentTenant.Id;

    /// <summary>The network whose shared rows this context sees.</summary>
    public Guid NetworkId => CurrentTenant.NetworkId;

    /// <summary>Whether the caller is limited to <see cref="AllowedChapters"/>.</summary>
    public bool IsLimitedToChapters => tenant?.Chapters is not null;

    public IReadOnlyList<Guid> AllowedChapters => tenant?.Chapters ?? [];

    /// <summary>The database that it works in; null is the main one.</summary>
    public TenantDatabase? Location => followsTenant ? BoundTenant?.Database : locatedAt;

    /// <summary>Whether it serves its tenant where the tenant's rows are thought to be: the database refuses where they are not, or are just being moved.</summary>
    public bool ServesTenant => followsTenant;

    /// <summary>The tenant to bind database sessions to; null before one is resolved.</summary>
    public TenantInfo? BoundTenant => tenant is { IsResolved: true } bound ? bound.Tenant : null;

    /// <summary>Whether the current transaction has begun and its tenant has not been told to the database yet. The database's own code sets and clears it.</summary>
    public bool BindingIsDue { get; set; }

    /// <summary>Whether the save under way is the transaction's last. The database's own code may then commit with it, after <see cref="TakeLast"/>, and clears this.</summary>
    public bool CommitIsDue { get; set; }

    private TenantInfo CurrentTenant => (tenant ?? throw new TenantNotResolvedException()).Tenant;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            RefuseOthers(entry.Entity);
            if (entry is { State: EntityState.Modified, Entity: Entity changed })
            {
                entry.Property(nameof(Entity.Version)).CurrentValue = changed.Version + 1;
            }
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

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
        CommitIsDue = database.CommitsWithSave;
        if (!CommitIsDue)
        {
            await WriteLast(cancellationToken);
        }

        if (ChangeTracker.HasChanges())
        {
            await SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        }

        if (CommitIsDue)
        {
            // There was nothing for EF to save, or too much for one command: the database's own code adds what goes last.
            await Database.ExecuteSqlRawAsync("", cancellationToken);
        }
        else if (!database.CommitsWithSave)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        await transaction.DisposeAsync();
    }

    private async Task WriteLast(CancellationToken cancellationToken)
    {
        var (changes, rows) = TakeLast();
        foreach (var change in changes)
        {
            var (sql, values) = change.ToSql();
            if (await Database.ExecuteSqlRawAsync(sql, values, cancellationToken) == 0)
            {
                throw new ChangedBesideException();
            }
        }

        AddRange(rows);
    }

    /// <summary>Only the asynchronous form exists here, so that no save escapes the checks.</summary>
    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

    /// <summary>
    /// Locks rows until the transaction ends, ahead of the next query and in its round trip: that query sees what the lock's last holder left behind. The
    /// condition's holes become parameters.
    /// </summary>
    public void LockAhead(string table, FormattableString where) => ahead.Add(new StatementAhead(StatementAheadKind.Lock, table, where));

    /// <summary>Locks a name until the transaction ends, ahead of the next query, where there is no row to lock.</summary>
    public void LockNameAhead(string name) => ahead.Add(new StatementAhead(StatementAheadKind.LockName, "", $"{name}"));

    /// <summary>The same beside others who share it: whoever locks it waits for all of them, and they for whoever does.</summary>
    public void ShareNameAhead(string name) => ahead.Add(new StatementAhead(StatementAheadKind.ShareName, "", $"{name}"));

    /// <summary>The same as <see cref="LockNameAhead"/> with a name that a row tells: a query for one text, of whatever is there once the locks before it are held. Where there is no row nothing is locked.</summary>
    public void LockNameToldAhead(FormattableString query) => ahead.Add(new StatementAhead(StatementAheadKind.LockNameTold, "", query));

    /// <summary>
    /// The tenant's rows of every chapter, whichever the caller is limited to: for what an act in one chapter brings about in another, and never to be shown. Such rows cannot be saved as tracked
    /// entities, only by a statement.
    /// </summary>
    public IQueryable<T> InEveryChapter<T>()
        where T : Entity, IOfChapter => Set<T>().IgnoreQueryFilters([ChapterFilter]);

    /// <summary>Reads outside of the pipeline, for another module's question: in a transaction, since only a transaction is bound to its tenant.</summary>
    public async Task<T> Read<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await read();
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await read();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Adds a row of the whole installation that no request may add, such as a key; false where another node was first.</summary>
    public async Task<bool> TryAddOnce(object row, IDatabase database, CancellationToken cancellationToken)
    {
        Add(row);
        try
        {
            await SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (database.IsUniqueViolation(exception, this, out _))
        {
            ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Inserts a row ahead of the next command and in its round trip.</summary>
    internal void InsertAhead(string table, FormattableString columnsAndValues) => ahead.Add(new StatementAhead(StatementAheadKind.Insert, table, columnsAndValues));

    /// <summary>What must go ahead of the next command. The database's own code sends it.</summary>
    public IReadOnlyList<StatementAhead> TakeStatementsAhead()
    {
        if (ahead.Count == 0)
        {
            return [];
        }

        StatementAhead[] taken = [.. ahead];
        ahead.Clear();
        return taken;
    }

    /// <summary>Sends what goes ahead of the next query by itself.</summary>
    public Task SendAhead(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);

    public sealed override void Dispose()
    {
        Unbind();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed override async ValueTask DisposeAsync()
    {
        Unbind();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes what the current tenant has put into tables that are shared; returns how many rows. Comes before its own tables are emptied.</summary>
    /// <param name="neighbours">This module's context, bound in turns to each other tenant of the network that is in the same database.</param>
    protected internal virtual Task<int> EraseShared(IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>Adds what the current tenant has put into tables that are shared in another database, after its own tables were copied. Whoever asks saves what was added at each step.</summary>
    /// <param name="from">This module's context in the other database, bound to the same tenant.</param>
    /// <returns>At each step, how many rows were added.</returns>
    protected internal virtual IAsyncEnumerable<int> TakeOverShared(ModuleDbContext from, CancellationToken cancellationToken) => AsyncEnumerable.Empty<int>();

    /// <summary>In that database, whatever tenant it is bound to.</summary>
    internal void LocateAt(TenantDatabase? database) => (locatedAt, followsTenant) = (database, false);

    internal void Bind(TenantContext context, bool followsTenant)
    {
        tenant = context;
        this.followsTenant = followsTenant;
        ForgetTransaction();
    }

    /// <summary>Before it goes back to its pool.</summary>
    private void Unbind() => (tenant, locatedAt, followsTenant) = (null, null, false);

    /// <summary>For a transaction that has ended, maybe before its first command.</summary>
    internal void ForgetTransaction()
    {
        (BindingIsDue, CommitIsDue) = (false, false);
        ahead.Clear();
        lastRows.Clear();
        lastChanges.Clear();
    }

    private void RefuseOthers(object row)
    {
        if ((row is Entity owned && !IsOurs(owned)) || (row is NetworkEntity shared && shared.NetworkId != NetworkId))
        {
            throw new TenantMismatchException(row.GetType().Name);
        }

        if (row is IOfChapter { ChapterId: var chapter } && tenant?.Chapters?.Contains(chapter) == false)
        {
            throw new ChapterMismatchException(row.GetType().Name);
        }
    }

    private protected virtual bool IsOurs(Entity entity) => entity.TenantId == TenantId;

    private void Stamp(EntityTrackingEventArgs e)
    {
        if (!e.FromQuery)
        {
            Stamp(e.Entry.Entity);
        }
    }

    private void Stamp(object row)
    {
        switch (row)
        {
            case Entity { TenantId: var id } owned when id == Guid.Empty:
                owned.TenantId = TenantId;
                break;
            case NetworkEntity { NetworkId: var id } shared when id == Guid.Empty:
                shared.NetworkId = NetworkId;
                break;
        }
    }
}
