using MassTransit;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Keeps one <see cref="OutboxCarrier"/> at work in each database.</summary>
internal sealed partial class OutboxRelay(IServiceProvider services, ITenantStore tenants, IBusControl bus, ILogger<OutboxRelay> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An event is published to whatever queues there are, and is gone where a consumer's has not been declared yet.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        await new DatabaseWork(tenants, Carry, reason => LogNotFound(logger, reason)).Run(stoppingToken);
    }

    private Task Carry(TenantDatabase? database, CancellationToken stoppingToken)
    {
        object?[] parameters = database is null ? [] : [database];
        return ActivatorUtilities.CreateInstance<OutboxCarrier>(services, parameters!).Run(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox relay could not look for databases of tenants and will try again: {Reason}")]
    private static partial void LogNotFound(ILogger logger, string reason);
}
