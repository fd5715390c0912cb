using System.Reflection;
using MediatR;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>Runs a query in a transaction, since only a transaction is bound to its tenant in the database. No answer to an <see cref="AuditedReadAttribute"/> goes out without its audit entry.</summary>
internal sealed class QueryBehavior<TRequest, TResponse>(ModuleContexts contexts, IDatabase database, AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IQuery
    where TResponse : class, IResult<TResponse>
{
    private static readonly string? Purpose = typeof(TRequest).GetCustomAttribute<AuditedReadAttribute>()?.Purpose;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var db = contexts.Of(typeof(TRequest));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await next();
        if (Purpose is null || result.Error is not null || request is IAuditedAtTimes { IsAudited: false })
        {
            await transaction.CommitAsync(cancellationToken);
            return result;
        }

        try
        {
            audit.AddRead(db, request, result.Payload, Purpose);
            await db.SaveAndCommit(transaction, database, cancellationToken);
            audit.Committed(db.Location);
        }
        finally
        {
            db.ChangeTracker.Clear();
            db.ForgetTransaction();
            audit.Forget();
        }

        return result;
    }
}
