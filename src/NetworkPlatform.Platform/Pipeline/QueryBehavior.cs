using MediatR;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>Runs a query in a transaction, since only a transaction is bound to its tenant in the database.</summary>
internal sealed class QueryBehavior<TRequest, TResponse>(ModuleContexts contexts) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IQuery
    where TResponse : class, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        await using var transaction = await contexts.Of(typeof(TRequest)).Database.BeginTransactionAsync(cancellationToken);
        var result = await next();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
