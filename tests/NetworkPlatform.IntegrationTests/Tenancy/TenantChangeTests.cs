using System.Net;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>A tenant's change is known at once, on every node, and not before it is committed. The clock stands still, so that nothing is forgotten by its age.</summary>
[Collection(RabbitMqNode.OneAtATime)]
public sealed class TenantChangeTests(DatabaseServer server, RabbitMqNode rabbitMq)
{
    [Fact]
    public async Task R25_a_suspension_is_known_to_the_other_node_while_its_clock_stands_still()
    {
        await using var api = await ApiFixture.Start(server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await rabbitMq.Uri()));
        await using var other = new ApiHost(api.Settings, api.Host.Clock);
        var tenant = await api.NewTenant();
        var elsewhere = ApiFixture.At(other, tenant.Admin);
        await other.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TestContext.Current.CancellationToken);
        api.Host.Clock.Stop();
        await elsewhere.Get("/tenant").Ok();

        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();

        (await tenant.Admin.Get("/tenant")).ShouldBeProblem(403, "tenant-suspended");
        await Eventually.Get(async () => (await elsewhere.Get("/tenant")).Status, status => status == HttpStatusCode.Forbidden);

        await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/resume").NoContent();
        await Eventually.Get(async () => (await elsewhere.Get("/tenant")).Status, status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task R25_a_request_between_change_and_commit_does_not_bring_the_old_state_back()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        api.Host.Clock.Stop();
        await tenant.Admin.Get("/tenant").Ok();
        await using var blocker = new NpgsqlConnection(api.Database.Superuser);
        await blocker.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await TestDatabase.Execute(blocker, "LOCK TABLE platform.audit_entries IN SHARE MODE");

        // The handler has run and its save waits: the suspension is decided and not committed.
        var suspension = tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend");
        await Eventually.Get(() => api.Database.WaitingForLock(), waiting => waiting > 0);
        await tenant.Admin.Get("/tenant").Ok();
        await transaction.RollbackAsync();
        await suspension.NoContent();

        await tenant.Admin.Get("/tenant").Problem(403, "tenant-suspended");
    }

    [Fact]
    public async Task R25_a_change_that_nobody_hears_of_is_seen_within_five_seconds()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        api.Host.Clock.Stop();
        await tenant.Admin.Get("/tenant").Ok();
        await api.Database.Execute("UPDATE tenancy.tenants SET suspended_at = now() WHERE id = $1", tenant.Id);
        await api.Database.Execute("UPDATE tenancy.tenant_changes SET stamp = gen_random_uuid()");
        await tenant.Admin.Get("/tenant").Ok();

        api.Host.Clock.Advance(TimeSpan.FromSeconds(5));

        await tenant.Admin.Get("/tenant").Problem(403, "tenant-suspended");
    }
}
