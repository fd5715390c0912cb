using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Http;

/// <summary>Refuses a request from where only an exception can, such as parameter binding.</summary>
public sealed class RequestRefusedException(Error error) : Exception(error.Detail)
{
    public Error Error { get; } = error;
}

public sealed record BodyTooLarge() : Error("The request's body is larger than this endpoint takes.");

/// <summary>An unforeseen failure. The trace id finds it in the logs; nothing else is told.</summary>
public sealed record UnexpectedFailure() : Error("Something went wrong on our side. Quote the trace id when you report it.");

public sealed record DatabaseTooSlow() : Unavailable("The database took too long over this. Try again later, or ask for less.");

public sealed record DatabaseAway() : Unavailable("The database does not answer. Try again shortly.");

public sealed record TenantMoving() : Unavailable("This tenant is being moved to another database. Try again shortly.");

/// <summary>Turns what is thrown into problem details: malformed requests into 400, what passes by itself into 503, everything else into 500 with a trace id and nothing else.</summary>
internal sealed class ExceptionsAsProblems(IDatabase database, ITenantStore tenants) : IExceptionHandler
{
    private const string SecondsToWait = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var error = ErrorOf(exception);
        if (error is UnexpectedFailure && IsInUnknownCharset(httpContext.Request))
        {
            error = Invalid.Field("Content-Type", "Must name no other character set than utf-8, and that without quotes.");
        }

        if (error is TenantMoving)
        {
            // It may have arrived without this node having heard of it.
            tenants.Doubt();
        }

        if (error is Unavailable)
        {
            httpContext.Response.Headers.RetryAfter = SecondsToWait;
        }

        await new Problem(error).ExecuteAsync(httpContext);
        return true;
    }

    private Error ErrorOf(Exception exception) => exception switch
    {
        RequestRefusedException refused => refused.Error,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new BodyTooLarge(),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException bad => Invalid.Field("request", bad.Message),
        _ when database.IsTenantAbsent(exception) => new TenantMoving(),
        _ when database.IsTooSlow(exception) => new DatabaseTooSlow(),
        _ when exception.Find<DbException>() is { IsTransient: true } => new DatabaseAway(),
        _ => new UnexpectedFailure(),
    };

    /// <summary>ASP.NET's own failure over it looks like any other of the program's.</summary>
    private static bool IsInUnknownCharset(HttpRequest request)
    {
        try
        {
            return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type is { Charset.HasValue: true, Encoding: null };
        }
        catch (NotSupportedException)
        {
            // It knows utf-7, and refuses to read it.
            return true;
        }
    }

    private static Invalid Malformed(JsonException json)
    {
        var place = json.LineNumber is { } line ? $" (line {line + 1}, position {json.BytePositionInLine + 1})" : "";

        // The reader's own exception inside means that the text is no JSON at all; the path then only tells how far it got.
        if (json.InnerException is JsonException || json.Path is not { Length: > 2 } path || !path.StartsWith("$.", StringComparison.Ordinal))
        {
            return Invalid.Field("body", $"Must be well-formed JSON of the kind described at /openapi/v1.json{place}.");
        }

        return Invalid.Field(path[2..], json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)
            ? "This member is not known here."
            : $"Has a value that is not allowed here{place}.");
    }
}
