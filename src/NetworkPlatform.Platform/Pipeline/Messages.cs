using MediatR;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>Marks a request that changes something: the pipeline validates it, then commits all that it did in one transaction.</summary>
public interface ICommand;

/// <summary>A request that changes something and answers with <typeparamref name="TResponse"/>.</summary>
public interface ICommand<TResponse> : ICommand, IRequest<Result<TResponse>>
    where TResponse : notnull;

/// <summary>A request that says why it is made, for the audit; goes before the request's <c>X-Reason</c>.</summary>
public interface IReasoned
{
    string? Reason { get; }
}

/// <summary>Marks a command that is nobody's business but the caller's, administrators included: its audit entry says that it was carried out, and neither by whom nor on what.</summary>
public interface IConfidential;

/// <summary>Marks a request that only reads.</summary>
public interface IQuery;

/// <summary>A request that reads a <typeparamref name="TResponse"/>.</summary>
public interface IQuery<TResponse> : IQuery, IRequest<Result<TResponse>>
    where TResponse : notnull;

/// <summary>Carries out a command. Uses the module's context and never saves: the pipeline does.</summary>
public interface ICommandHandler<in TCommand, TResponse> : IRequestHandler<TCommand, Result<TResponse>>
    where TCommand : ICommand<TResponse>
    where TResponse : notnull;

/// <summary>Answers a query, by projection straight to the response.</summary>
public interface IQueryHandler<in TQuery, TResponse> : IRequestHandler<TQuery, Result<TResponse>>
    where TQuery : IQuery<TResponse>
    where TResponse : notnull;
