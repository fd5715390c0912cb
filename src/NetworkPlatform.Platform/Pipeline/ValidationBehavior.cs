using System.Text.Json;
using FluentValidation;
using MediatR;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>First in the pipeline, for HTTP and consumers alike: runs the slice's validator and answers <see cref="Invalid"/> with every message by field.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : class, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var outcome = await validator.ValidateAsync(request, cancellationToken);
            if (!outcome.IsValid)
            {
                return TResponse.Failure(new Invalid(outcome.Errors
                    .GroupBy(e => CamelCasePath(e.PropertyName), e => e.ErrorMessage, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal)));
            }
        }

        return await next();
    }

    private static string CamelCasePath(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
