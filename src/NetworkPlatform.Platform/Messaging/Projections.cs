using System.Diagnostics.CodeAnalysis;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>
/// A consumer's command that brings one row up to date with what its event says. Those of a tenant that wait are carried out together, and each by itself where that fails. None leaves an
/// audit entry: it copies what the command that published the event has done, and that left one.
/// </summary>
public interface IProjection : ICommand<Done>;

/// <summary>Many messages' projections in one transaction, each with its receipt.</summary>
internal sealed record Together<TCommand>(IReadOnlyList<Together<TCommand>.Item> Items) : IProjection
    where TCommand : IProjection
{
    internal sealed record Item(TCommand Command, Guid MessageId, string Consumer);
}

/// <summary>Carries out a projection into rows of one kind, or many with one query for all their rows.</summary>
public abstract class ProjectionHandler<TCommand, TRow>(ModuleDbContext db, TimeProvider clock) : ICommandHandler<TCommand, Done>, IRequestHandler<Together<TCommand>, Result<Done>>
    where TCommand : IProjection
    where TRow : Entity
{
    public Task<Result<Done>> Handle(TCommand request, CancellationToken cancellationToken) => Project([request], cancellationToken);

    Task<Result<Done>> IRequestHandler<Together<TCommand>, Result<Done>>.Handle(Together<TCommand> request, CancellationToken cancellationToken)
    {
        foreach (var item in request.Items)
        {
            db.AddLast(new InboxMessage { MessageId = item.MessageId, Consumer = item.Consumer, At = clock.GetUtcNow() });
        }

        return Project([.. request.Items.Select(i => i.Command)], cancellationToken);
    }

    /// <summary>Of the row that the event is about; null where it concerns none.</summary>
    protected abstract Guid? RowOf(TCommand command);

    /// <summary>The row, where this event is the first that is heard of it.</summary>
    protected abstract TRow Begin(TCommand command);

    /// <summary>Events come in any order: whatever it is, the row must end the same.</summary>
    protected abstract void Apply(TCommand command, TRow row);

    private async Task<Result<Done>> Project(IReadOnlyList<TCommand> commands, CancellationToken cancellationToken)
    {
        var ids = commands.Select(RowOf).OfType<Guid>().Distinct().ToArray();
        var rows = await db.Set<TRow>().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        foreach (var command in commands)
        {
            if (RowOf(command) is not { } id)
            {
                continue;
            }

            if (!rows.TryGetValue(id, out var row))
            {
                rows[id] = row = Begin(command);
                db.AddLast(row);
            }

            Apply(command, row);
        }

        return Done.Instance;
    }
}

/// <summary>Gathers a tenant's projections of one kind while the ones before them are carried out.</summary>
internal sealed class Gathering<TCommand>(TenantScopes scopes, ConsumerPace pace)
    where TCommand : IProjection
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

/// <summary>For a consumer's <see cref="IProjection"/>: waits until it was carried out with others of its kind, or else lets it go on by itself.</summary>
internal sealed class TogetherBehavior<TRequest, TResponse>(Gathering<TRequest> gathering, MessageOrigin origin, TenantContext tenant) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IProjection
    where TResponse : class, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        origin.MessageId is { } messageId && await gathering.Join(tenant.Tenant, new Together<TRequest>.Item(request, messageId, origin.Consumer))
            ? TResponse.Success(Done.Instance)
            : await next();
}
