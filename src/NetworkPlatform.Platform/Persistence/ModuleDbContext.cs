using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
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
        _ = TakeLast();
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
