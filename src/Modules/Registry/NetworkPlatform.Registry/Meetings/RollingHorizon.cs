using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Keeps every tenant's calendar filled up to the horizon: at start, then every hour.</summary>
internal sealed partial class RollingHorizon(ITenantStore tenants, TenantScopes scopes, TimeProvider clock, ILogger<RollingHorizon> logger) : BackgroundService
{
    [SuppressMessage("Design", "CA1031", Justification = "While it cannot be told which tenants there are, no calendar can be extended; the next round tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                foreach (var tenant in (await tenants.GetAllAsync(stoppingToken)).Where(t => !t.IsSuspended))
                {
                    await Extend(tenant, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNoneExtended(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [SuppressMessage("Design", "CA1031", Justification = "One tenant's failure must not stop the others' calendars; the next round tries again.")]
    private async Task Extend(TenantInfo tenant, CancellationToken cancellationToken)
    {
        try
        {
            Result<ExtendCalendar.Response> result;
            do
            {
                result = await scopes.Send(tenant, new ExtendCalendar.Command(), cancellationToken);
            }
            while (result is { IsSuccess: true, Value.More: true });
            if (result.Error is { } error)
            {
                LogFailed(logger, tenant.Id, $"{Error.NameOf(error.GetType())}: {error.Detail}");
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, tenant.Id, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No calendar could be extended; all will be tried again within the hour: {Reason}")]
    private static partial void LogNoneExtended(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The calendar of tenant {TenantId} could not be extended and will be tried again within the hour: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid tenantId, string reason);
}
