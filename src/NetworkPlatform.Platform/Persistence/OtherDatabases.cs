using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>What counts over the network cannot be told, since one of its databases does not answer.</summary>
public sealed record NetworkDatabaseAway() : Unavailable("A database of this network does not answer, and what is in it counts here. Try again shortly; where it stays away, suspend the tenants in it.");

/// <summary>
/// The other databases of the current tenant's network, for what is counted over all of it: their shared rows, as the module's context sees them. Whatever is leased is kept until the scope
/// ends, that is, past the current command's commit.
/// </summary>
public sealed class OtherDatabases<TContext>(IServiceProvider services, TenantContext tenant) : IAsyncDisposable
    where TContext : ModuleDbContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<(TenantDatabase? At, TContext Context)> open = [];

    /// <summary>False where the network is in one database: then everything that counts can be locked and seen there.</summary>
    public bool Any => !tenant.Tenant.IsNetworkInMainDatabase;

    /// <summary>
    /// Reads in each, after all who decide under the same name, in whichever database, have committed. The name is held in the main database until the scope ends. Comes after the
    /// current database's own locks.
    /// </summary>
    public async Task<IReadOnlyList<T>> ReadLocked<T>(TContext here, string name, Func<TContext, IQueryable<T>> query, CancellationToken cancellationToken)
    {
        if (tenant.Tenant.Database is null)
        {
            here.LockNameAhead(name);
            await here.SendAhead(cancellationToken);
        }

        return await Read(query, name, cancellationToken);
    }

    /// <summary>Reads in each.</summary>
    public Task<IReadOnlyList<T>> Read<T>(Func<TContext, IQueryable<T>> query, CancellationToken cancellationToken) => Read(query, null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, context) in open)
        {
            await context.DisposeAsync();
        }

        open.Clear();
    }

    private async Task<IReadOnlyList<T>> Read<T>(Func<TContext, IQueryable<T>> query, string? lockedName, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        List<T> found = [];
        try
        {
            // The main database first: who holds its lock is alone in asking the others.
            foreach (var at in tenant.Tenant.NetworkDatabases.Prepend(null).Where(d => d != tenant.Tenant.Database))
            {
                var context = await Lease(at, patience.Token);
                if (at is null && lockedName is not null)
                {
                    context.LockNameAhead(lockedName);
                    await context.SendAhead(patience.Token);
                }

                found.AddRange(await query(context).ToListAsync(patience.Token));
            }
        }
        catch (Exception exception)
        {
            // A transaction that has failed is of no use to another try.
            await DisposeAsync();
            if (cancellationToken.IsCancellationRequested || services.GetRequiredService<IDatabase>().IsTransient(exception) || (exception is not OperationCanceledException && exception.Find<DbException>() is null))
            {
                throw;
            }

            throw new RequestRefusedException(new NetworkDatabaseAway());
        }

        return found;
    }

    private async Task<TContext> Lease(TenantDatabase? at, CancellationToken cancellationToken)
    {
        if (open.Find(o => o.At == at).Context is { } leased)
        {
            return leased;
        }

        var context = services.GetRequiredService<ContextsElsewhere<TContext>>().Create();
        open.Add((at, context));
        context.Bind(tenant, followsTenant: false);
        context.LocateAt(at);
        await context.Database.BeginTransactionAsync(cancellationToken);
        return context;
    }
}

/// <summary>Contexts whose connections come from pools of their own: a command waits for one of these while it holds one of its module's, and others do the other way round.</summary>
internal sealed class ContextsElsewhere<TContext>(IDatabase database, Connections connections)
    where TContext : ModuleDbContext
{
    private static readonly string Pool = $"elsewhere {typeof(TContext).Name}";

    private readonly DbContextOptions<TContext> options = Configure(database, connections);

    internal TContext Create() => (TContext)Activator.CreateInstance(typeof(TContext), options)!;

    private static DbContextOptions<TContext> Configure(IDatabase database, Connections connections)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        database.Configure(builder, connections.Application(null, Pool), Pool);
        return builder.AddInterceptors(new ConnectsWhereBound(at => connections.Application(at, Pool))).Options;
    }
}
