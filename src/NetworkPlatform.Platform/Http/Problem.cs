using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

/// <summary>Metadata of an endpoint whose callers do not read problem details, but pages or what another standard says: its own way of telling errors.</summary>
public interface IErrorFormat
{
    Task Write(HttpContext context, Error error, int status);
}

/// <summary>An error as RFC 9457 problem details: the one place where a kind of error becomes a status.</summary>
public sealed class Problem(Error error) : Microsoft.AspNetCore.Http.IResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/problem+json";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Members = new();

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 409, 422, 429, 503])
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ContentType]));
        }
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var status = StatusOf(error);

        // An unforeseen exception has taken the endpoint off the request.
        var endpoint = httpContext.GetEndpoint() ?? httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (endpoint?.Metadata.GetMetadata<IErrorFormat>() is { } format)
        {
            return format.Write(httpContext, error, status);
        }

        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(Body(httpContext, status), (JsonSerializerOptions?)null, ContentType);
    }

    private static int StatusOf(Error error) => error switch
    {
        Invalid => StatusCodes.Status400BadRequest,
        TokenMissing => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        NotFound => StatusCodes.Status404NotFound,
        Conflict => StatusCodes.Status409Conflict,
        Outdated => StatusCodes.Status412PreconditionFailed,
        BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        MediaTypeNotSupported => StatusCodes.Status415UnsupportedMediaType,
        MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RuleBroken => StatusCodes.Status422UnprocessableEntity,
        IfMatchMissing => StatusCodes.Status428PreconditionRequired,
        TooManyRequests => StatusCodes.Status429TooManyRequests,
        Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private Dictionary<string, object?> Body(HttpContext context, int status)
    {
        var name = Error.NameOf(error.GetType());
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = $"https://networkplatform.example/problems/{name}",
            ["title"] = char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' '),
            ["status"] = status,
            ["detail"] = error.Detail,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };

        // What the record holds beyond its sentence are the facts that a program needs: violations, available amounts, fields.
        foreach (var member in Members.GetOrAdd(error.GetType(), FactsOf))
        {
            body[JsonNamingPolicy.CamelCase.ConvertName(member.Name)] = member.GetValue(error);
        }

        return body;
    }

    private static PropertyInfo[] FactsOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name is not nameof(Error.Detail) && p.GetIndexParameters().Length == 0)];
}
