using System.Diagnostics.CodeAnalysis;
using MediatR;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>
/// A consumer's command of which many may be carried out in one transaction, since it touches nothing but the one row that its event is about. Its handler need not know: messages that wait
/// are carried out together, and each by itself where that fails.
/// </summary>
public interface ITogether : ICommand<Done>;

/// <summary>Two of those carried out together touched the same row, or one touched none: each by itself is told apart in the audit.</summary>
internal sealed record NotOfItsOwnRow() : Conflict("Carried out by itself instead.");

/// <summary>Many messages' commands in one transaction, each with its receipt.</summary>
internal sealed record Together<TCommand>(IReadOnlyList<Together<TCommand>.Item> Items) : ICommand<Done>
    where TCommand : ITogether
{
    internal sealed record Item(TCommand Command, Guid MessageId, string Consumer);

    internal sealed class Handler(ModuleContexts contexts, IRequestHandler<TCommand, Result<Done>> each, AuditTrail audit, TimeProvider clock) : ICommandHandler<Together<TCommand>, Done>
    {
        public async Task<Result<Done>> Handle(Together<TCommand> request, CancellationToken cancellationToken)
        {
            var db = contexts.Of(typeof(TCommand));
            foreach (var item in request.Items)
            {
                InboxMessage.InsertAhead(db, item.MessageId, item.Consumer, clock.GetUtcNow());
                if (await each.Handle(item.Command, cancellationToken) is { Error: { } error })
                {
                    return error;
                }

                if (!audit.AddChange(db, item.Command))
                {
                    return new NotOfItsOwnRow();
                }
            }

            return Done.Instance;
        }
    }
}

/// <summary>Gathers a tenant's messages of one kind while the ones before them are carried out.</summary>
internal sealed class Gathering<TCommand>(TenantScopes scopes, ConsumerPace pace)
    where TCommand : ITogether
{
    private const int MostTogether = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<Waiting>> waiting = [];

    /// <returns>False where the command must be carried out by itself.</returns>
    internal Task<bool> Join(TenantInfo tenant, Together<TCommand>.Item item)
    {
        var mine = new Waiting(item, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            if (waiting.TryGetValue(tenant.Id, out var others))
            {
                others.Add(mine);
                return mine.IsDone.Task;
            }

            waiting[tenant.Id] = [mine];
        }

        _ = CarryOutAll(tenant);
        return mine.IsDone.Task;
    }

    private async Task CarryOutAll(TenantInfo tenant)
    {
        while (Take(tenant.Id) is { Count: > 0 } batch)
        {
            var isDone = await CarryOut(tenant, batch);
            batch.ForEach(w => w.IsDone.SetResult(isDone));
        }
    }

    private List<Waiting> Take(Guid tenantId)
    {
        lock (gate)
        {
            var all = waiting[tenantId];
            if (all.Count == 0)
            {
                waiting.Remove(tenantId);
                return all;
            }

            var batch = all.GetRange(0, Math.Min(all.Count, MostTogether));
            all.RemoveRange(0, batch.Count);
            return batch;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with one of them will be told when it is carried out by itself.")]
    private async Task<bool> CarryOut(TenantInfo tenant, List<Waiting> batch)
    {
        try
        {
            var command = new Together<TCommand>([.. batch.Select(w => w.Item)]);
            var result = await pace.Keep(batch[0].Item.Consumer, () => scopes.Send(tenant, command), thenRest: true);
            return result.IsSuccess;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private sealed record Waiting(Together<TCommand>.Item Item, TaskCompletionSource<bool> IsDone);
}

/// <summary>For a consumer's <see cref="ITogether"/>: waits until it was carried out with others of its kind, or else lets it go on by itself.</summary>
internal sealed class TogetherBehavior<TRequest, TResponse>(Gathering<TRequest> gathering, MessageOrigin origin, TenantContext tenant) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ITogether
    where TResponse : class, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        origin.MessageId is { } messageId && await gathering.Join(tenant.Tenant, new Together<TRequest>.Item(request, messageId, origin.Consumer))
            ? TResponse.Success(Done.Instance)
            : await next();
}
