using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Api;

/// <summary>
/// Moves a tenant to a database of its own, from one to another, or back, and erases one. Cut short anywhere, either is finished by running it again; before the switch, moving a tenant to where it
/// is undoes what was begun.
/// </summary>
public static class TenantVerbs
{
    /// <summary>What names the database that all tenants are in at first.</summary>
    private const string Main = "main";

    /// <param name="to">A name of settings (see <see cref="TenantDatabase.FromSettings"/>), or <c>main</c>.</param>
    /// <param name="everyNodeKnows">Waits until every node looks where the tenant is now; for as long as the slowest may take unless given.</param>
    /// <exception cref="InvalidOperationException">There is no such tenant, a setting is missing, or what has arrived is not what was there.</exception>
    public static async Task MoveAsync(
        IServiceProvider services, string identifier, string to, Action<string> report, CancellationToken cancellationToken, Func<Task>? everyNodeKnows = null)
    {
        var store = services.GetRequiredService<ITenantStore>();
        var tenant = await Find();
        if (to.Length == 0)
        {
            throw new InvalidOperationException("--to is missing: the name under Databases in the settings, or 'main'.");
        }

        if (!services.GetRequiredService<IDatabase>().WallsOffTenants)
        {
            throw new InvalidOperationException("A tenant moves only where row-level security is on (Database:RowLevelSecurity): nothing else would keep nodes that have not heard of it from writing to where it was.");
        }

        var target = to == Main ? null : TenantDatabase.FromSettings(services.GetRequiredService<IConfiguration>(), to);
        await using var alone = await new TenantMove(services, tenant, report).LockAsync(cancellationToken);

        // Another run may just have ended.
        store.Doubt();
        tenant = await Find();
        var move = new TenantMove(services, tenant, report);
        var scopes = services.GetRequiredService<TenantScopes>();
        await FinishLeavingAsync(services, tenant, report, cancellationToken);
        if (tenant.Database == target)
        {
            await move.OpenAsync(target, cancellationToken);
            report($"{identifier} is in '{to}'");
            return;
        }

        await move.PrepareAsync(target, cancellationToken);
        await move.CloseAsync(tenant.Database, cancellationToken);
        report("closed to requests and messages");
        var isSame = await move.AreOneAsync(tenant.Database, target, cancellationToken);
        if (isSame && (target is null || tenant.Database is null))
        {
            await move.OpenAsync(target, cancellationToken);
            throw new InvalidOperationException($"'{to}' is the main database itself.");
        }

        if (!isSame)
        {
            await move.CopyAsync(tenant.Database, target, cancellationToken);
            await move.CloseAsync(target, cancellationToken);
        }

        await scopes.SendOrThrow(tenant, new PlaceTenant.Command(target, HasLeft: !isSame));
        if (!isSame)
        {
            // A node that has not heard would decide on people of the network without what they take on there from now on.
            report("waits until every node has heard");
            await (everyNodeKnows?.Invoke() ?? Task.Delay(2 * store.BelievedFor, cancellationToken));
        }

        await move.OpenAsync(target, cancellationToken);
        report($"{identifier} is in '{to}' from now on");
        await FinishLeavingAsync(services, tenant, report, cancellationToken);

        async Task<TenantInfo> Find() => await store.GetByIdentifierAsync(identifier, cancellationToken) ?? throw new InvalidOperationException($"There is no tenant '{identifier}'.");
    }

    /// <summary>Erases a tenant, and what a move that was cut short has left of it.</summary>
    /// <exception cref="InvalidOperationException">There is no such tenant, or it is not suspended.</exception>
    public static async Task EraseAsync(IServiceProvider services, string identifier, Action<string> report, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<ITenantStore>().GetByIdentifierAsync(identifier, cancellationToken) is { IsSuspended: true } tenant)
        {
            await FinishLeavingAsync(services, tenant, report, cancellationToken);
        }

        await TenantErasure.EraseAsync(services, identifier, report, cancellationToken);
    }

    /// <summary>Deletes what a move that was cut short has left where the tenant was.</summary>
    private static async Task FinishLeavingAsync(IServiceProvider services, TenantInfo tenant, Action<string> report, CancellationToken cancellationToken)
    {
        var scopes = services.GetRequiredService<TenantScopes>();
        if (await scopes.SendOrThrow(tenant, new GetPlace.Query()) is { IsLeaving: true } place)
        {
            await new TenantMove(services, tenant, report).EraseAsync(place.Left, cancellationToken);
            await scopes.SendOrThrow(tenant, new LeaveDatabase.Command());
            report("nothing of it is left where it was");
        }
    }
}
