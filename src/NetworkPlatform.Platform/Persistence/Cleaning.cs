using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Messaging;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Once an hour, under the relay's role, removes receipts and kept answers that nothing can ask for any more.</summary>
internal sealed partial class Cleaning(IDbContextFactory<PlatformDbContext> contexts, TimeProvider clock, ILogger<Cleaning> logger) : BackgroundService
{
    /// <summary>Longer than any message may still be redelivered.</summary>
    private static readonly TimeSpan KeepReceipts = TimeSpan.FromDays(8);

    private static readonly TimeSpan KeepAnswers = TimeSpan.FromDays(2);

    [SuppressMessage("Design", "CA1031", Justification = "Cleaning must outlive an outage; it comes back in an hour.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Clean(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    private async Task Clean(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var receipts = now - KeepReceipts;
        var answers = now - KeepAnswers;
        string[] everyTenant = [ModuleDbContext.TenantFilter];
        await db.Set<InboxMessage>().IgnoreQueryFilters(everyTenant).Where(m => m.At < receipts).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IdempotentAnswer>().IgnoreQueryFilters(everyTenant).Where(a => a.At < answers).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cleaning failed and will try again in an hour: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
