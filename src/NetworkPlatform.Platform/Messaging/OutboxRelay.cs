using MassTransit;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Keeps one <see cref="OutboxCarrier"/> at work in each database.</summary>
internal sealed class OutboxRelay(IServiceProvider services, ITenantStore tenants, IBusControl bus, ILogger<OutboxCarrier> logger) : DatabaseWork<OutboxCarrier>(services, tenants, logger)
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An event is published to whatever queues there are, and is gone where a consumer's has not been declared yet.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        await base.ExecuteAsync(stoppingToken);
    }
}
