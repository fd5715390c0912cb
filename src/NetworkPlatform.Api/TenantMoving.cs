using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Api;

/// <summary>Moves a tenant to a database of its own, from one to another, or back. Cut short anywhere, it is finished by running it again; before the switch, moving it to where it is undoes what was begun.</summary>
public static class TenantMoving
{
    /// <summary>What names the database that all tenants are in at first.</summary>
    private const string Main = "main";

    /// <param name="to">A name of settings (see <see cref="TenantDatabase.FromSettings"/>), or <c>main</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such tenant, a setting is missing, or what has arrived is not what was there.</exception>
    public static async Task MoveAsync(IServiceProvider services, string identifier, string to, Action<string> report, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<ITenantStore>();
        var tenant = await Find();
        if (to.Length == 0)
        {
            throw new InvalidOperationException("--to is missing: the name under Databases in the settings, or 'main'.");
        }

        var target = to == Main ? null : TenantDatabase.FromSettings(services.GetRequiredService<IConfiguration>(), to);
        await using var alone = await new TenantMove(services, tenant, report).LockAsync(cancellationToken);

        // Another run may just have ended.
        store.ForgetAll();
        tenant = await Find();
        var move = new TenantMove(services, tenant, report);
        var scopes = services.GetRequiredService<TenantScopes>();
        await FinishLeaving();
        if (tenant.Database == target)
        {
            await move.OpenAsync(target, cancellationToken);
            report($"{identifier} is in '{to}'");
            return;
        }

        await move.PrepareAsync(target, cancellationToken);
        await move.CloseAsync(tenant.Database, cancellationToken);
        await move.CopyAsync(tenant.Database, target, cancellationToken);
        await move.OpenAsync(target, cancellationToken);
        await NetworkFounding.Send(scopes, tenant, new PlaceTenant.Command(target));
        report($"{identifier} is in '{to}' from now on");
        await FinishLeaving();

        async Task FinishLeaving()
        {
            if (await NetworkFounding.Send(scopes, tenant, new GetPlace.Query()) is { IsLeaving: true } place)
            {
                await move.EraseAsync(place.Left, cancellationToken);
                await NetworkFounding.Send(scopes, tenant, new LeaveDatabase.Command());
                report("nothing of it is left where it was");
            }
        }

        async Task<TenantInfo> Find() => await store.GetByIdentifierAsync(identifier, cancellationToken) ?? throw new InvalidOperationException($"There is no tenant '{identifier}'.");
    }
}
