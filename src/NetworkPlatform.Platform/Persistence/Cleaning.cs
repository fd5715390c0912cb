using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Once an hour, under the relay's role, removes receipts and kept answers that nothing can ask for any more, in every database.</summary>
internal sealed partial class Cleaning(IDbContextFactory<PlatformDbContext> contexts, ITenantStore tenants, TimeProvider clock, ILogger<Cleaning> logger) : BackgroundService
{
    /// <summary>Longer than any message may still be redelivered.</summary>
    private static readonly TimeSpan KeepReceipts = TimeSpan.FromDays(8);

    private static readonly TimeSpan KeepAnswers = TimeSpan.FromDays(2);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    [SuppressMessage("Design", "CA1031", Justification = "Cleaning must outlive an outage; it comes back in an hour.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Task.WhenAll((await tenants.GetDatabasesAsync(stoppingToken)).Append(null).Select(database => TryToClean(database, stoppingToken)));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away is not to keep the others from being cleaned.")]
    private async Task TryToClean(TenantDatabase? database, CancellationToken cancellationToken)
    {
        try
        {
            await Clean(database, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception.Message);
        }
    }

    private async Task Clean(TenantDatabase? database, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LocateAt(database);
        db.Database.SetCommandTimeout(Longest);
        var now = clock.GetUtcNow();
        var receipts = now - KeepReceipts;
        var answers = now - KeepAnswers;
        await db.Set<InboxMessage>().IgnoreQueryFilters(ModuleDbContext.EveryTenant).Where(m => m.At < receipts).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IdempotentAnswer>().IgnoreQueryFilters(ModuleDbContext.EveryTenant).Where(a => a.At < answers).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cleaning failed and will try again in an hour: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
