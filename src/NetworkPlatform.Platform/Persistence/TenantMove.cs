using System.Data;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>The steps of moving a tenant's rows between two databases, each of which may be cut short and run again; null is the main database. Until the tenant's row points to the other one, the first is the truth.</summary>
public sealed class TenantMove(IServiceProvider services, TenantInfo tenant, Action<string> report)
{
    private static readonly Type[] CarriedOfPlatform = [typeof(InboxMessage), typeof(IdempotentAnswer)];
    private static readonly Type[] Audited = [typeof(AuditEntry), typeof(AuditReason)];

    private readonly Connections connections = services.GetRequiredService<Connections>();
    private readonly IReadOnlyList<ModuleContext> modules = [.. services.GetServices<ModuleContext>().Where(m => m.Plane != Plane.Main)];

    /// <summary>Only one moves a tenant at a time: the other one waits until what is returned is disposed of.</summary>
    public async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var context = await Begin(null, cancellationToken);
        context.LockNameAhead($"move {tenant.Id}");
        await context.SendAhead(cancellationToken);
        return context;
    }

    /// <summary>Makes the schemas and walls in a database that tenants are to have.</summary>
    public Task PrepareAsync(TenantDatabase? database, CancellationToken cancellationToken) =>
        database is null ? Task.CompletedTask : Migrator.MigrateAsync(services, database, report, cancellationToken);

    /// <summary>Whether the two, the first of which is closed to the tenant, are one database under different connection strings: it holds one and the same row then.</summary>
    public async Task<bool> AreOneAsync(TenantDatabase? closed, TenantDatabase? other, CancellationToken cancellationToken)
    {
        await using var one = await Begin(closed, cancellationToken);
        await using var two = await Begin(other, cancellationToken);
        var since = await one.Set<AbsentTenant>().Where(a => a.Id == tenant.Id).Select(a => a.Since).SingleAsync(cancellationToken);
        return await two.Set<AbsentTenant>().AnyAsync(a => a.Id == tenant.Id && a.Since == since, cancellationToken);
    }

    /// <summary>Waits for whoever is at work for the tenant in the database; from then on nobody is.</summary>
    public async Task CloseAsync(TenantDatabase? database, CancellationToken cancellationToken)
    {
        await using var context = await Begin(database, cancellationToken);
        context.LockNameAhead(AbsentTenant.LockOf(tenant.Id));
        if (!await context.Set<AbsentTenant>().AnyAsync(a => a.Id == tenant.Id, cancellationToken))
        {
            context.Add(new AbsentTenant { Id = tenant.Id, Since = services.GetRequiredService<TimeProvider>().GetUtcNow() });
            await context.SaveChangesAsync(cancellationToken);
        }

        await context.Database.CurrentTransaction!.CommitAsync(cancellationToken);
    }

    /// <summary>The tenant may be served in the database again.</summary>
    public async Task OpenAsync(TenantDatabase? database, CancellationToken cancellationToken)
    {
        await using var context = await Begin(database, cancellationToken);
        await context.Set<AbsentTenant>().Where(a => a.Id == tenant.Id).ExecuteDeleteAsync(cancellationToken);
        await context.Database.CurrentTransaction!.CommitAsync(cancellationToken);
    }

    /// <summary>Copies module by module, each in one transaction that begins with whatever an earlier try has left, and compares.</summary>
    /// <exception cref="InvalidOperationException">What has arrived is not what was there.</exception>
    public async Task CopyAsync(TenantDatabase? source, TenantDatabase? target, CancellationToken cancellationToken)
    {
        foreach (var module in modules)
        {
            await using var from = TenantErasure.Open(services, module, tenant, connections.Owner(source));
            await using var to = TenantErasure.Open(services, module, tenant, connections.Owner(target));
            await using var reading = await from.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using var writing = await to.Database.BeginTransactionAsync(cancellationToken);
            var copied = module.Plane == Plane.Both
                ? await CopyPlatform(module, from, to, source, cancellationToken)
                : await CopyModule(module, from, to, target, cancellationToken);
            await writing.CommitAsync(cancellationToken);
            report($"{module.Schema}: {copied} row(s) copied and compared");
        }
    }

    /// <summary>Deletes the rows of a tenant that lives elsewhere by now. Of the platform's, those in the main database stay: they are those of its modules there, too.</summary>
    public async Task EraseAsync(TenantDatabase? left, CancellationToken cancellationToken)
    {
        foreach (var module in modules.Reverse().Where(m => m.Plane == Plane.Tenant || left is not null))
        {
            await TenantErasure.EraseAsync(services, module, tenant, left, report, cancellationToken);
        }
    }

    private async Task<long> CopyModule(ModuleContext module, ModuleDbContext from, ModuleDbContext to, TenantDatabase? target, CancellationToken cancellationToken)
    {
        await TenantErasure.EraseRowsAsync(services, module, to, tenant, target, cancellationToken);
        var copied = 0L;
        foreach (var table in TenantTables.PrincipalsFirst(from))
        {
            copied += await Copy(from, to, table, cancellationToken);
        }

        await foreach (var added in to.TakeOverShared(from, cancellationToken))
        {
            await to.SaveChangesAsync(cancellationToken);
            to.ChangeTracker.Clear();
            copied += added;
        }

        return copied;
    }

    /// <summary>
    /// Receipts, so that no message takes effect twice; kept answers; and from a database that is left behind the audit, which goes on in the target's chain, and what has not been delivered.
    /// The main one's audit stays and is read there; its outbox goes on being delivered, to wherever the tenant is.
    /// </summary>
    private async Task<long> CopyPlatform(ModuleContext module, ModuleDbContext from, ModuleDbContext to, TenantDatabase? source, CancellationToken cancellationToken)
    {
        var copied = 0L;
        foreach (var table in TenantTables.PrincipalsFirst(from).Where(t => CarriedOfPlatform.Contains(t.Holds) || (source is not null && Audited.Contains(t.Holds))))
        {
            copied += await Copy(from, to, table, cancellationToken);
        }

        if (source is not null)
        {
            await to.SealUnsealed(tenant.Id, among: null, lookBack: null, int.MaxValue, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);

            // Not every database shows the outbox to its owner.
            await using var relay = TenantErasure.Open(services, module, tenant, connections.Relay(source));
            await using var reading = await relay.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            copied += await Copy(relay, to, TenantTables.Of<OutboxMessage>(from), cancellationToken);
        }

        return copied;
    }

    private async Task<long> Copy(ModuleDbContext from, ModuleDbContext to, TenantTable table, CancellationToken cancellationToken)
    {
        // What binds the transactions goes ahead of EF's own commands only.
        await from.SendAhead(cancellationToken);
        await to.SendAhead(cancellationToken);
        return await services.GetRequiredService<IDatabase>().CopyRowsAsync(from, to, table.Name, table.Columns, tenant.Id, cancellationToken);
    }

    private async Task<ModuleDbContext> Begin(TenantDatabase? at, CancellationToken cancellationToken)
    {
        var context = TenantErasure.Open(services, modules.Single(m => m.Plane == Plane.Both), tenant, connections.Owner(at));
        await context.Database.BeginTransactionAsync(cancellationToken);
        return context;
    }
}
