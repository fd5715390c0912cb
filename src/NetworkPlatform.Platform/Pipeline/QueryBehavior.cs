using System.Reflection;
using MediatR;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>Runs a query in a transaction, since only a transaction is bound to its tenant in the database. No answer to an <see cref="AuditedReadAttribute"/> goes out without its audit entry.</summary>
internal sealed class QueryBehavior<TRequest, TResponse>(ModuleContexts contexts, AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IQuery
    where TResponse : class, IResult<TResponse>
{
    private static readonly string? Purpose = typeof(TRequest).GetCustomAttribute<AuditedReadAttribute>()?.Purpose;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var db = contexts.Of(typeof(TRequest));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await next();
        var entry = Purpose is not null && result.Error is null ? audit.AddRead(db, request, result.Payload, Purpose) : null;
        if (entry is not null)
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (entry is not null)
        {
            audit.Committed(entry);
        }

        return result;
    }
}
