using System.Diagnostics.CodeAnalysis;
using MediatR;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>
/// A command of which many may come at once: those of a tenant then share a transaction. Its handler asks nobody but its own context, locks names only, and leaves to the last save what it adds and changes;
/// where it does otherwise, or would have to wait, it is carried out anew by itself.
/// </summary>
public interface ISharesTransaction : ICommand;

/// <summary>Lets a command share its transaction with whichever others have come by the time that it can begin; where there are none it has one to itself.</summary>
internal sealed class SharingBehavior<TRequest, TResponse>(Sharing sharing, ModuleContexts contexts, IDatabase database, TenantContext tenant, MessageOrigin origin, CommandRecords records)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ISharesTransaction
    where TResponse : class, IResult<TResponse>
{
    /// <summary>Receipts and kept answers are looked for by each for itself, and so are duties in other databases.</summary>
    private bool MayShare => database.ReadTogether is not null && origin.MessageId is null && !records.MayBeRepeated && tenant.Tenant.IsNetworkInMainDatabase;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (MayShare && await sharing.Join(contexts.Of(typeof(TRequest)), tenant.Tenant) is { } seat)
        {
            try
            {
                await seat.Begin();
                return await next();
            }
            catch (GoesAloneException)
            {
                // Nothing of it has been committed.
            }
            finally
            {
                seat.Leave();
            }
        }

        return await next();
    }
}

/// <summary>Brings together the commands of a tenant that come at once.</summary>
internal sealed class Sharing(TenantScopes scopes, IDatabase database)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(Type Context, Guid TenantId), SharedTransaction> coming = [];

    /// <returns>Null where nobody else has come.</returns>
    internal async Task<SharedSeat?> Join(ModuleDbContext db, TenantInfo tenant)
    {
        var key = (db.GetType(), tenant.Id);
        SharedTransaction transaction;
        SharedSeat? seat;
        lock (gate)
        {
            seat = coming.GetValueOrDefault(key)?.Join(db);
            if (seat is not null)
            {
                return seat;
            }

            coming[key] = transaction = new SharedTransaction();
            seat = transaction.Join(db);
        }

        // Goes on behind all that already waits for a thread, and behind what that has brought about: under load the others are there, and without it nothing is.
        await Task.Yield();
        await Task.Yield();
        lock (gate)
        {
            if (coming.GetValueOrDefault(key) == transaction)
            {
                coming.Remove(key);
            }
        }

        if (transaction.Count == 1)
        {
            return null;
        }

        _ = CarryOut(transaction, db.GetType(), tenant);
        return seat;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with one of them will be told when it is carried out by itself.")]
    private async Task CarryOut(SharedTransaction transaction, Type context, TenantInfo tenant)
    {
        try
        {
            await scopes.RunAs(tenant, async services =>
            {
                await transaction.CarryOut((ModuleDbContext)services.GetRequiredService(context), database);
                return transaction;
            });
        }
        catch (Exception exception)
        {
            transaction.Fail(exception);
        }
    }
}
