using System.Diagnostics.CodeAnalysis;
using MediatR;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>
/// Runs a command's handler in one transaction of its module's context and commits all of it or nothing, within the quotas of the tenant's plan: state, outbox rows, audit row,
/// the inbox row of the message being consumed, and the answer kept for the request's Idempotency-Key. A refused command leaves nothing behind.
/// </summary>
internal sealed class CommitBehavior<TRequest, TResponse>(
    ModuleContexts contexts, IDatabase database, TenantContext tenant, Quotas quotas, Outbox outbox, OutboxSignal signal, MessageOrigin origin, CommandRecords records, AuditTrail audit, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand
    where TResponse : class, IResult<TResponse>
{
    private const int MaxTries = 4;

    [SuppressMessage("Security", "CA5394", Justification = "The jitter spreads retries; nothing secret depends on it.")]
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var db = contexts.Of(typeof(TRequest));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Run(db, request, next, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxTries && (exception is ChangedBesideException || database.IsTransient(exception) || IsOfTwin(exception, db)))
            {
                await Task.Delay(Random.Shared.Next(5, 20 * attempt), cancellationToken);
            }
            catch (Exception exception) when (database.IsUniqueViolation(exception, db, out var key))
            {
                // This consumer has had the message before; of many together, one of them has.
                return key == InboxMessage.UniqueKey && origin.MessageId is not null ? TResponse.Success(NothingToSay()) : TResponse.Failure(new AlreadyTaken(key));
            }
            catch (Exception exception) when (database.IsChangedMeanwhile(exception))
            {
                return TResponse.Failure(new ChangedMeanwhile());
            }
            finally
            {
                // Whatever was not saved must not be by the next try, nor by another command of this scope.
                db.ChangeTracker.Clear();
                db.ChangeTracker.AutoDetectChangesEnabled = true;
                db.ForgetTransaction();
                outbox.Discard();
                audit.Forget();
            }
        }
    }

    /// <summary>A request with the same Idempotency-Key may have been carried out meanwhile: its answer is found by trying again.</summary>
    private bool IsOfTwin(Exception e, ModuleDbContext db) => records.MayBeRepeated && (database.IsUniqueViolation(e, db, out _) || database.IsChangedMeanwhile(e));

    private static Done NothingToSay() => TResponse.PayloadType == typeof(Done) ? Done.Instance
        : throw new InvalidOperationException($"A command sent by a consumer must answer {nameof(Done)}: {typeof(TRequest).FullName}.");

    private async Task<TResponse> Run(ModuleDbContext db, TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Begin(cancellationToken);
        if (origin.MessageId is { } messageId)
        {
            InboxMessage.InsertAhead(db, messageId, origin.Consumer, clock.GetUtcNow());
        }
        else if (await records.FindEarlierAnswer<TResponse>(db, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var result = await next();
        if (result.Error is not null)
        {
            // A twin may have been carried out while this one waited for it, and be what stands in the way.
            return await records.FindEarlierAnswer<TResponse>(db, cancellationToken) ?? result;
        }

        // The only look for what the handler has changed: all that follows adds, which needs none.
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        if (await quotas.Check(db, tenant.Tenant, cancellationToken) is { } exceeded)
        {
            return await records.FindEarlierAnswer<TResponse>(db, cancellationToken) ?? TResponse.Failure(exceeded);
        }

        records.Add(db, request, result);
        var published = outbox.MoveTo(db);
        await db.SaveAndCommit(transaction, database, cancellationToken);
        audit.Committed(db.Location);
        outbox.Committed();
        if (published)
        {
            signal.Set(db.Location);
        }

        return result;
    }
}
