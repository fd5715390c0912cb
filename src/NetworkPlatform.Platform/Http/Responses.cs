using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

/// <summary>A response that carries the version of what it shows; it goes out as the ETag.</summary>
public interface IVersioned
{
    int Version { get; }
}

/// <summary>What a slice's result becomes on the wire.</summary>
public static class Responses
{
    /// <summary>200 with the value.</summary>
    public static async Task<Results<Ok<T>, Problem>> ToOk<T>(this Task<Result<T>> pending)
        where T : notnull
    {
        var result = await pending;
        return result.IsSuccess ? TypedResults.Ok(result.Value) : new Problem(result.Error);
    }

    /// <summary>200 with the value and its version as ETag.</summary>
    public static async Task<Results<Tagged<T>, Problem>> ToTagged<T>(this Task<Result<T>> pending)
        where T : notnull, IVersioned
    {
        var result = await pending;
        return result.IsSuccess ? new Tagged<T>(result.Value) : new Problem(result.Error);
    }

    /// <summary>201 with the value; <paramref name="location"/> is relative to <c>/api/v1</c>.</summary>
    public static async Task<Results<Created<T>, Problem>> ToCreated<T>(this Task<Result<T>> pending, Func<T, string> location)
        where T : notnull
    {
        var result = await pending;
        return result.IsSuccess ? TypedResults.Created(ApiRoot.Uri(location(result.Value)), result.Value) : new Problem(result.Error);
    }

    /// <summary>202 with the value, to be followed at <paramref name="location"/>, relative to <c>/api/v1</c>.</summary>
    public static async Task<Results<Accepted<T>, Problem>> ToAccepted<T>(this Task<Result<T>> pending, Func<T, string> location)
        where T : notnull
    {
        var result = await pending;
        return result.IsSuccess ? TypedResults.Accepted(ApiRoot.Uri(location(result.Value)), result.Value) : new Problem(result.Error);
    }

    /// <summary>204.</summary>
    public static async Task<Results<NoContent, Problem>> ToNoContent(this Task<Result<Done>> pending)
    {
        var result = await pending;
        return result.IsSuccess ? TypedResults.NoContent() : new Problem(result.Error);
    }
}

/// <summary>Where the API lives.</summary>
public static class ApiRoot
{
    public const string Path = "/api/v1";

    internal static Uri Uri(string relative) => new(Path + relative, UriKind.Relative);
}

/// <summary>200 with an ETag.</summary>
public sealed class Tagged<T>(T value) : Microsoft.AspNetCore.Http.IResult, IEndpointMetadataProvider
    where T : notnull, IVersioned
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{value.Version}\"");
        return httpContext.Response.WriteAsJsonAsync(value);
    }
}
