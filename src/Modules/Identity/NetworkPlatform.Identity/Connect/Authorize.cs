using NetworkPlatform.Identity.Account;

namespace NetworkPlatform.Identity.Connect;

/// <summary>The authorization endpoint (RFC 6749 §3.1): a client sends a person's browser here, and gets it back with a code.</summary>
internal static class Authorize
{
    internal const string Path = "/connect/authorize";
    internal const string CallbackPath = "/connect/authorize/callback";
    internal const string ContinuationParameter = "request";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], Begin)
            .AllowAnonymous("whoever is not signed in is sent to sign in").WithoutTenant().WithMetadata(new AccountErrors()).ExcludeFromDescription();
        routes.MapGet(CallbackPath, GoOn)
            .AllowAnonymous("whoever is not signed in is sent to sign in").WithoutTenant().WithMetadata(new AccountErrors()).ExcludeFromDescription();
    }

    private static async Task Begin(HttpContext http, AuthorizeFlow flow, Continuations continuations)
    {
        PageHeaders.Set(http);
        var isPost = HttpMethods.IsPost(http.Request.Method);
        var parameters = isPost && http.Request.HasFormContentType ? await ProtocolRequest.FormOf(http) : http.Request.Query.ToList();
        var begun = parameters.IsSuccess ? await flow.Begin(parameters.Value) : parameters.Error;
        if (begun.Value is { } continuation && isPost)
        {
            // Another site's form comes without our cookie; the browser's own next step has it.
            See(http, continuations.AddressOf(continuation));
            return;
        }

        await Answer(http, begun.IsSuccess ? await flow.GoOn(http, begun.Value) : Result<Destination>.Failure(begun.Error));
    }

    private static async Task GoOn(HttpContext http, AuthorizeFlow flow, Continuations continuations, string? request = null)
    {
        PageHeaders.Set(http);
        await Answer(http, continuations.Read(request) is { } continuation ? await flow.GoOn(http, continuation) : new SignInRequestEnded());
    }

    /// <summary>Before it is known to be the client's own address, nothing is sent anywhere: the person reads what is wrong.</summary>
    private static Task Answer(HttpContext http, Result<Destination> answer)
    {
        if (!answer.IsSuccess)
        {
            return new AccountErrors().Write(http, answer.Error, StatusCodes.Status400BadRequest);
        }

        See(http, answer.Value.Address);
        return Task.CompletedTask;
    }

    /// <summary>303, so that no browser sends a form with a password in it on to the client.</summary>
    private static void See(HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
    }
}

/// <summary>Where the browser goes next.</summary>
internal sealed record Destination(string Address);

internal sealed record ApplicationUnknown() : Error("There is no such client, or it does not act for people.");

internal sealed record SignInRequestEnded() : Error("The request has ended, or was used before.");
