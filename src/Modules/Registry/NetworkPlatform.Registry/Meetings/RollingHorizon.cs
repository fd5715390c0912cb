using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Keeps every tenant's calendar filled up to the horizon: at start, then every hour.</summary>
internal sealed partial class RollingHorizon(ITenantStore tenants, TenantScopes scopes, ILogger<RollingHorizon> logger) : BackgroundService
{
    [SuppressMessage("Design", "CA1031", Justification = "One tenant's failure, or an outage, must not stop the others' calendars; the next round tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                foreach (var tenant in await tenants.GetAllActiveAsync(stoppingToken))
                {
                    await Extend(tenant, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Extend(TenantInfo tenant, CancellationToken cancellationToken)
    {
        Result<ExtendCalendar.Response> result;
        do
        {
            result = await scopes.Send(tenant, new ExtendCalendar.Command(), cancellationToken);
        }
        while (result is { IsSuccess: true, Value.More: true });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calendars could not be extended and will be within the hour: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
