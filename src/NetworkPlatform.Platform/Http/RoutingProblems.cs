using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

public sealed record PathNotFound() : NotFound("There is nothing at this path.");

public sealed record MethodNotAllowed() : Error("This path does not take that method; see the Allow header.");

public sealed record MediaTypeNotSupported() : Error("Send the body as application/json.");

/// <summary>Problem details for what routing and binding refuse without a body.</summary>
internal static class RoutingProblems
{
    internal static Task Answer(HttpContext context)
    {
        Error? error = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new PathNotFound(),
            StatusCodes.Status405MethodNotAllowed => new MethodNotAllowed(),
            StatusCodes.Status413PayloadTooLarge => new BodyTooLarge(),
            StatusCodes.Status415UnsupportedMediaType => new MediaTypeNotSupported(),
            _ => null,
        };
        return error is null ? Task.CompletedTask : new Problem(error).ExecuteAsync(context);
    }
}
